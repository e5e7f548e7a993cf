-- SPDX-License-Identifier: Apache-2.0
-- Give each message of a post its place in the queue's order and index it.
--
-- KEYS[1]   the queue's index: a sorted set of message ids, scored by place
-- KEYS[2]   the queue's counter: the last place handed out
-- ARGV[1]   how many ids follow
-- ARGV[2..] the ids, in the order of the post
-- Returns nothing; the caller ignores the result.
--
-- One post takes one unbroken run of places, so two posts at the same moment
-- never mix. An id that has a place keeps it, so running this twice for one
-- post (a client that reconnected) changes no order.

local n = tonumber(ARGV[1])
local place = redis.call('INCRBY', KEYS[2], n) - n

for i = 1, n do
  redis.call('ZADD', KEYS[1], 'NX', place + i, ARGV[i + 1])
end
