// SPDX-License-Identifier: Apache-2.0

// Package mutex has a mutex that holds the value it guards.
package mutex

import "sync"

// Mutex guards a value. Its zero value is unlocked and guards the zero T.
type Mutex[T any] struct {
	mu    sync.Mutex
	value T
}

// Locked is a locked mutex.
type Locked[T any] struct{ of *Mutex[T] }

// New returns an unlocked mutex of the value.
func New[T any](value T) Mutex[T] { return Mutex[T]{value: value} }

// Lock waits for the mutex and locks it.
func (m *Mutex[T]) Lock() *Locked[T] {
	m.mu.Lock()
	return &Locked[T]{m}
}

// With calls f with the value, locked meanwhile.
func (m *Mutex[T]) With(f func(*T)) {
	defer m.Lock().Unlock()
	f(&m.value)
}

// Value is the guarded value, to be used until Unlock.
func (l *Locked[T]) Value() *T { return &l.of.value }

// Unlock unlocks the mutex, once.
func (l *Locked[T]) Unlock() {
	l.of.mu.Unlock()
	l.of = nil
}

// With1 calls f with the value, locked meanwhile, and returns what f does.
func With1[T, A any](m *Mutex[T], f func(*T) A) A {
	defer m.Lock().Unlock()
	return f(&m.value)
}

// With3 is With1 for three results.
func With3[T, A, B, C any](m *Mutex[T], f func(*T) (A, B, C)) (A, B, C) {
	defer m.Lock().Unlock()
	return f(&m.value)
}

// With4 is With1 for four results.
func With4[T, A, B, C, D any](m *Mutex[T], f func(*T) (A, B, C, D)) (A, B, C, D) {
	defer m.Lock().Unlock()
	return f(&m.value)
}
