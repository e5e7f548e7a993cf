// SPDX-License-Identifier: Apache-2.0

package mutants

// webhooks are the faults that break what spec/subscriptions.md says of webhooks and
// of their confirmation.
func webhooks() []Mutant {
	return []Mutant{
		webhookIsToldNoIDs, webhookIsToldOfAllQueues,
		webhookIsPostedTwice, webhookEndsWithItsConnection,
		webhookContentTypeOfText, webhookGetsTheBodyAlone,
		webhookAddsNoHeaders, webhookContentTypeIsFixed,
		webhookTemplateIsIgnored, webhookTemplateHasOnePlace,
		webhookURLIsNotLookedAt, webhookHeadersAreNotLookedAt,
		webhookAnswerOf500IsSuccess, webhookThatHangsUpHasTakenIt,
		webhookPolicyIsIgnored, webhookPolicyOfTheQueueIsIgnored,
		webhookHeaderEndsAtALineBreak,
		webhookThatFailedIsLeftAlone, webhookIsNotWaitedFor,
		webhookGoesAnywhere, webhookIsFollowedAnywhere,
		webhooksWaitForOneAnother, webhookAnswerIsReadToTheEnd,
	}
}
