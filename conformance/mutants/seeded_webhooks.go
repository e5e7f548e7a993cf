// SPDX-License-Identifier: Apache-2.0

package mutants

// webhooks are the faults that break what spec/subscriptions.md says of webhooks and
// of their confirmation.
func webhooks() []Mutant {
	return []Mutant{
		webhookIsPostedTwice, webhookEndsWithItsConnection,
		webhookContentTypeOfText, webhookGetsTheBodyAlone, webhookFloatsAreIntegers,
		webhookAddsNoHeaders, webhookContentTypeIsFixed,
		webhookTemplateIsIgnored, webhookTemplateHasOnePlace,
		webhookURLIsNotLookedAt, webhookURLMayHoldBlanks,
		webhookHeadersAreNotLookedAt, webhookOptionsOfAnyKind,
		webhookAnswerOf500IsSuccess, webhookThatHangsUpHasTakenIt,
		webhookPolicyIsIgnored, webhookPolicyOfTheQueueIsIgnored,
		webhookHeaderEndsAtALineBreak,
		webhookThatFailedIsLeftAlone, webhookOfAnotherPolicyIsLeftAlone, webhookIsNotWaitedFor, webhookRequestsOverlap,
		webhookGoesAnywhere, webhookIsFollowedAnywhere,
		webhooksWaitForOneAnother, webhookAnswerIsReadToTheEnd,
		webhookPolicyOfAnyKind,
		confirmationWithoutItsQueue, unconfirmedWebhookIsServed, everyWebhookLooksConfirmed,
		confirmationDoesNothing, confirmationNeedsAToken, confirmationNeedsItsProject,
		withdrawalDoesNothing, withdrawalIsNotTold,
		confirmationByAnyone, confirmationNeverEnds, confirmationOfNothing, webhookIsAskedOnce,
	}
}
