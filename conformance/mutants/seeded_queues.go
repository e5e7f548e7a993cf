// SPDX-License-Identifier: Apache-2.0

package mutants

// queues are the faults that break spec/queues.md.
func queues() []Mutant {
	return []Mutant{
		longestNameIsRefused, dotAsANameIsRefused,
		nameOfAnyCharacters, nameOfAnyLength, nameEndsInALineFeed,
		badNameIsNoQueue,
		nameCutAtTheLastDot, namesIgnoreCase, nameCollidesWithTheKeyOfAList, nameCollidesWithTheIndex,
		queueCreateSaysOk, longestDefaultTTLIsRefused,
		queueCreateAgainSaysCreated, queueCreateAgainEmpties,
		metadataOfAnotherTypeBreaks, metadataOfAnyType,
		metadataMayBeNothing,
		metadataMustBeSmall, metadataSizeCountsEscapes,
		metadataOfAnySize,
		metadataSizeCountsCharacters,
		queueDefaultTTLOfAnyLength, queueDefaultTTLOfAnyType, queueDefaultTTLOfNothingBreaks,
		queuePostSizeOfAnyNumber, queuePostSizeOfAnyType,
		metadataLosesNulls, noMetadataIsNull,
		getOfNoQueueIsEmpty,
		metadataGainsAKey,
		deletedQueuesAreListed, queuesOfAllProjectsAreListed, largestQueuePageIsRefused,
		queuePageWithoutLimitIsFull, queuePageIsOneShort,
		queueListTakesAnyLimit,
		firstQueueIsNoMarker, lastQueueIsNoMarker,
		queuePagesSkipOne,
		queuesAreListedByLength,
		queueDetailsAreEmpty,
		queueListWithoutAMarker,
		queueDeleteOfNoQueueFails,
		deletedQueueKeepsItsMessages, deletedQueueKeepsItsMetadata,
		deletedQueueKeepsItsClaims,
		statsTotalIsOneTooMany, statsBelowZero,
		statsCountClaimedAsFree,
		statsCountTheEnded,
		statsFailAfterAClaim,
		statsOfNoQueue,
		statsWithoutOldestAndNewest,
		purgeOfNoQueueFails, purgeRefusesAnyResourceTypes,
		purgeByDefaultDoesNothing, purgeTakesTheFirstTypeOnly, purgeTakesOnePage, purgeStopsAtAClaim,
		purgeTakesClaimed,
		purgeIgnoresResourceTypes,
		purgeOfUnknownTypes,
		purgeDeletesTheQueue,
	}
}
