// SPDX-License-Identifier: Apache-2.0

package mutants

// signedAccess are the faults that break what spec/auth.md says of signed access.
func signedAccess() []Mutant {
	return []Mutant{
		signedPopIsRefused,
		signedListsMustBeSorted,
		signedEndsHaveNoZone,
		signaturesNeverEnd,
		signaturesNeedNoEnd,
		anySignatureIsGood,
		signatureInAnyCase,
		beginOfASignatureIsEnough,
		methodsOfASignatureAreIgnored,
		signatureOpensEachQueue,
		signatureOpensWhatBeginsAlike,
		signatureForAMessageOpensAll,
		signedPostMakesTheQueue, signedSubscriptionMakesTheQueue,
		signatureOpensTheQueueItself,
		signatureOfNumbersIs500,
		loneSignatureIs500,
		longListsOfASignatureBreak,
		signedRequestLetsIn,
		signatureOfWhatReadsTheSame,
		signatureIsAlwaysLookedAt,
		shareNamesTheResource,
		shareSignsWithAnotherKey,
		shareIsForPostingToo,
		shareOfAnyPath,
		shareOfNothing,
		shareOfThePast,
	}
}
