// SPDX-License-Identifier: Apache-2.0

package mutants

import "slices"

// frames are the faults in what spec/frames.md rules.
func frames() []Mutant {
	return slices.Concat(framesConnection(), framesReplies(), framesRefusals(), framesParts())
}

// framesConnection break what is ruled of the connection.
func framesConnection() []Mutant {
	return []Mutant{
		handshakeRefusedBesideASilentOne,
		upgradeByTheLetter,
		longHeaderRefused,
		subprotocolNobodyOffered,
		subprotocolAlwaysItsOwn,
		allSubprotocolsNamed,
		extensionNobodyOffered,
		anyWebsocketVersion,
		versionRefusedWithoutAnother,
		handshakeWithoutKey,
		fragmentsUnsupported,
		firstFragmentIsAll,
		pingUnanswered,
		pongWithoutPayload,
		pongEndsConnection,
		closeFrameUnanswered,
		closeAmidstMessageUnanswered,
		textNotUTF8Survives,
		messageWithinAnotherJoined,
		reservedOpcodesIgnored,
		fragmentedControlFramesAccepted,
		longControlFramesAccepted,
		longLengthsAccepted,
		continuationOfNothingIgnored,
		reservedBitsIgnored,
		highestBitOfLengthIgnored,
		brokenCloseFramesIgnored,
		unmaskedFramesAccepted,
		ownLengthIn64Bits,
		pongNotFinal,
		oversizedMessageForgotten,
		oversizedMessageIs413,
		hugeLengthEndsAll,
		longestMessageRefused,
	}
}

// framesReplies break what is ruled of requests and replies.
func framesReplies() []Mutant {
	return []Mutant{
		deafAfterListAsAction,
		deafAfterOddHeaders,
		deafAfterDeepMessage,
		deafAfterBytes,
		deafAfterMissingAction,
		deafAfterMethodsOfNoStrings,
		openServerNeverAnswersAuthenticate,
		secondReplyToStats,
		headInPiecesUnheard,
		slowReaderLosesReplies,
		halfCloseIsForgotten,
		laterRequestFirst,
		replyToQueueListWaits,
		kindOfFirstMessage,
		replyOfOtherKind,
		nanComesBack,
		keyTwiceComesBack,
		controlCharactersUnescaped,
		statusIsText,
		replyWithoutBody,
		echoLacksUnknownKeys,
		echoLacksUnknownHeaders,
		echoOfRefusedIsEmpty,
		echoOfFloatsAsIntegers,
		headersThatAreNoMapEchoedAsOne,
		absentBodyEchoedAsNull,
		absentHeadersEchoedAsNull,
		absentActionEchoedAsText,
		echoOfRefusedLacksAPI,
		unreadableEchoedAsNull,
		refusalIsText,
		forbiddenWithoutAWord,
		notFoundWithoutAWord,
		statsOfMissingQueue,
	}
}

// framesRefusals break what is ruled of what is refused.
func framesRefusals() []Mutant {
	return []Mutant{
		manyRefusalsClose,
		whiteSpaceRefused,
		bareWordIsAnAction,
		openBracketsClosed,
		restOfTextIgnored,
		byteOrderMarkSkipped,
		commaAtTheEndIgnored,
		lineBreakInAString,
		brokenMsgPackIs500,
		emptyMessageIsAlive,
		shortMessagePadded,
		restOfMessageIgnored,
		jsonInABinaryMessage,
		byteC1IsNull,
		lengthBeyondMessageIsNone,
		listOfRequests,
		stringNotUTF8Mended,
		bytesOfNoTextAre500,
		keyOfAnyKind,
		nanIsNull,
		deepestMessageRefused,
		tooDeepIs500,
		absentActionListsQueues,
		unknownActionIs404,
		actionOfOtherKindIs500,
		actionOfBytes,
	}
}

// framesParts break what is ruled of the parts of a request, and of its headers.
func framesParts() []Mutant {
	return []Mutant{
		headersOfAnyKind,
		bodyOfAnyKind,
		absentBodyIs500,
		missingFieldIsEmpty,
		wrongTypeIs500,
		graceOfOtherKindIs500,
		floatIsAnInteger,
		nullFieldIsAbsent,
		fieldOfBytes,
		whatIsMissingIsLookedUpFirst,
		unknownKeyOfMessageRefused,
		unknownKeyOfRequestRefused,
		unknownHeaderRefused,
		unknownFieldRefused,
		fieldsOfOtherListingsAre500,
		requestWithoutClient,
		requestWithoutProject,
		headerOfAnyKind,
		headerOfBytes,
		acceptHasAnEffect,
		uuidNeedsHyphens,
		uuidOfVersion4Only,
		clientAsItIsSpelled,
		projectOfTwoCharacters,
		projectCountedInBytes,
		projectOfPlainCharacters,
		projectsAreOne,
		projectsInAnyCase,
		projectAndQueueJoined,
	}
}
