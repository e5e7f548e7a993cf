// SPDX-License-Identifier: Apache-2.0

package mutants

// auth are the faults that break spec/auth.md.
func auth() []Mutant {
	return []Mutant{
		letInWithNoContent, letInWithAText,
		openServerRefusesTokens,
		authenticateNeedsAClient, authenticateNeedsABody,
		authenticateWithoutAToken,
		tokenComesBack, refusedTokenComesBack,
		eachRequestNeedsItsToken, tokenOfARequestIsChecked,
		queuesAreListedToAnyone, refusedTokenLetsIn, doneBeforeItIsRefused,
		whoAsksComesFirst,
		firstTokenDecides,
		projectOfAuthenticateDecides, foreignAuthenticateSaysOk, foreignAuthenticateEndsTheSession,
		projectOfTheRequestDecides, foreignRequestIsDoneAndRefused,
		badTokenIsForbidden, beginOfATokenWillDo, controlCharactersOfATokenBreak, longTokenBreaks, knownTokenNeverEnds,
		badTokenCloses, badTokenIsRemembered,
		refusedAuthenticateEndsTheSession,
		attemptsAreNeverCounted, attemptsAreCountedForEver,
		tokensNeverEnd, tokensEndEarly, endedTokenClosesWith1000, endedTokenWorksUntilTheClose,
		laterEndIsIgnored, soonerEndIsIgnored, refusedTokenEndsTheSession,
		subscriptionsOutliveTheirToken, subscriptionsOutliveTheirProject,
		callersAreAdministrators, doneForCallersAndRefused,
	}
}
