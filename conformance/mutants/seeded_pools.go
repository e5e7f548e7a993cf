// SPDX-License-Identifier: Apache-2.0

package mutants

// pools are the faults that break spec/pools.md.
func pools() []Mutant {
	return []Mutant{
		poolCreateSaysOk,
		poolNamesWithoutDots,
		poolNamesOfAnyCharacters,
		poolOfAnyURI,
		weightOfAnyNumber,
		highestWeightIsRefused,
		poolOptionsOfAnySize,
		poolOptionsOfTheFullSizeAreRefused,
		poolCreateAgainReplaces,
		unknownFlavorOfAPoolIsNone,
		poolOptionsAreLost,
		flavorShowsItsFirstPoolOnly,
		unknownPoolIsABadRequest,
		poolsAreListedByLength,
		listedPoolsLackTheirFlavor,
		listedFlavorsShowOnePool,
		flavorListWithoutAMarker,
		poolListNeedsAName,
		poolPageWithoutLimitIsFull,
		poolListTakesAnyLimit,
		flavorWithoutCapabilities,
		poolUpdateTakesDefaults,
		poolUpdateOfNothingIsDone,
		poolUpdatePassesOverATakenURI,
		poolDeleteOfNoPoolFails,
		poolWithQueuesIsDeleted,
		lastPoolLeavesItsFlavor,
		flavorCreateSaysOk,
		unknownPoolsOfAFlavorAreLeftOut,
		flavorTakesThePoolsOfOthers,
		flavorUpdateTakesNoPoolAway,
		flavorDeleteOfNoFlavorFails,
		queueFlavorIsPassedOver,
		unknownFlavorOfAQueueIsNone,
		queueOfNoFlavorGoesAnywhere,
		queueStaysWhereDeadLettersWent,
		poolWithoutWeightIsChosen,
		firstPoolGetsAllQueues,
		queueMovesWithItsFlavor,
		queueIsMadeTwiceAtOnce,
		queuesOfFlavorsAreNotListed,
		noPoolIsAFailure,
		deadLettersLiveAnywhere,
		deadLettersThatNeverCameHoldAPool,
		queueIsDrawnAwayFromItsDeadLetters,
		queuesAtOnceLoseTheirDeadLetters,
		flavorOfAKeptNameIsPassedOver,
	}
}

// health are the faults that break spec/health.md.
func health() []Mutant {
	return []Mutant{
		homeDocumentOfTexts,
		homeDocumentLacksTheClaims,
		homeDocumentOfOtherLimits,
		pingSaysOk,
		healthIsAlwaysBad,
		healthTellsOfNoAttempt,
	}
}
