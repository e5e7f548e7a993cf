# SPDX-License-Identifier: Apache-2.0

# The protocol's messages as Cap'n Proto would have them: what an action is called
# follows from which body there is. Bodies of messages are MessagePack. A pointer that
# is null is an absent text; what else may be absent is a union with void.
@0xd1f4a6b07c3e9a52;

using Go = import "/go.capnp";
$Go.package("cp");
$Go.import("github.com/zaqarwire/zaqarwire/testdata/encodings/cp");

struct Request {
  clientId @0 :Text;
  projectId @1 :Text;
  queueName @2 :Text;
  union {
    messagePost @3 :List(Posted);
    claimCreate @4 :Claim;
    messageList @5 :Listing;
  }
}

struct Posted {
  ttl :union {
    absent @0 :Void;
    seconds @1 :Int64;
  }
  body @2 :Data;
}

struct Claim {
  limit :union {
    absent @0 :Void;
    messages @1 :Int64;
  }
  ttl :union {
    absent @2 :Void;
    seconds @3 :Int64;
  }
  grace :union {
    absent @4 :Void;
    seconds @5 :Int64;
  }
}

struct Listing {
  limit :union {
    absent @0 :Void;
    messages @1 :Int64;
  }
  echo :union {
    absent @2 :Void;
    wanted @3 :Bool;
  }
}

struct Sent {
  # What a server sends.
  union {
    reply @0 :Reply;
    notification @1 :Notification;
  }
}

struct Reply {
  request @0 :Request;
  status @1 :UInt16;
  union {
    claimed @2 :Claimed;
    page @3 :Page;
    error @4 :Text;
  }
}

struct Claimed {
  claimId @0 :Text;
  messages @1 :List(Message);
}

struct Page {
  messages @0 :List(Message);
  marker @1 :Text;
}

struct Message {
  id @0 :Text;
  claimId @1 :Text;
  ttl @2 :Int64;
  age @3 :Int64;
  body @4 :Data;
}

struct Notification {
  queueName @0 :Text;
  ttl @1 :Int64;
  body @2 :Data;
  messageId @3 :Text;
  subscriptionId @4 :Text;
}
