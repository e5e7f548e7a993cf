// SPDX-License-Identifier: Apache-2.0

package mutants

// claims are the faults that break spec/claims.md.
func claims() []Mutant {
	return []Mutant{
		claimMessagesNameAnotherClaim, longestGraceIsRefused,
		claimTakesTheNewestFirst, claimWithoutLimitIsFull,
		claimOfNothingFails, claimMakesTheQueue,
		noClaimHasAnID,
		claimOfAnyNumber,
		claimTTLTooLong,
		claimGraceOfAnyLength,
		claimStealsLiveLease, claimsAtOnceShareMessages, claimRaces,
		claimedMessagesAreNotGot,
		claimOutlastsItsTTL,
		claimEndsWithItsConnection, claimEndsEarly, messageDeleteEndsAClaim,
		claimNeedsItsClient,
		claimPromisesALongerLife, claimGivesTheOldTTL,
		claimLengthensOnlyWhatEndsBeforeIt,
		lengthenedTTLCountsFromTheClaim,
		freedMessagesAreListedLast,
		claimAgeCountsDown,
		claimGetOfNoClaimIsEmpty, claimsAreNotScoped,
		endedClaimBreaks,
		claimEndsWithItsFirstMessage,
		claimEndsWithItsLastMessage,
		claimUpdateKeepsTheTTL, claimUpdateKeepsTheAge, longestClaimUpdateIsRefused,
		claimUpdateTakesDefaults,
		claimUpdateTakesAnyTTL, refusedClaimUpdateIsDone,
		claimUpdateBreaksOnGrace, claimUpdateTakesAnyGrace,
		claimUpdateOfNoClaim,
		claimUpdateLengthensNoLife,
		claimDeleteOfNoClaimFails,
		claimDeleteReachesAnywhere,
		claimDeleteDoesNothing, deletedClaimIsStillKnown,
		deadLettersStay, deadLettersUseUpTheLimit,
		deadLettersGoTooEarly, renewalsAreCounted, deadLettersWithoutAQueueVanish,
		deadLettersAreHeld,
		claimCountOfNoneIsOne,
		deadLettersKeepTheirLife, deadLettersLiveAnew,
		deadLettersBringTheirCount,
		deadLettersAreCountedTwice, deadLettersAreGotWhereTheyWere,
		deadLettersGetNewIDs,
		deadLettersOfTheQueueItselfVanish,
	}
}
