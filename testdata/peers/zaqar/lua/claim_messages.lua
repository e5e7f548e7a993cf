-- SPDX-License-Identifier: Apache-2.0
-- Take up to a limit of free messages, in the queue's order, for one claim.
--
-- KEYS[1]  the queue's index: a sorted set of message ids, scored by place
-- ARGV     now, limit, claim id, when the claim ends, then the lifetime and
--          the end that a message gets if it would not outlive the claim
--          (seconds; ends are UNIX times)
-- Returns the ids taken, in order; an empty list when nothing is free.
--
-- Each message is tested by itself: one that is gone or past its end, still
-- delayed, or under a claim that has not ended is passed over, never taken, and
-- the search goes on behind it. Redis runs a script alone, so no two claims
-- can take the same message. The claim count is left to the caller.
--
-- Fields of a message: e end, t lifetime, d end of the delay, c claim id ('' for
-- none), c.e end of the claim. The messages' keys come from the index and are
-- not declared in KEYS, so this is for one Redis server, not a cluster.

local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claim_id, claim_ends = ARGV[3], ARGV[4]
local lifetime, ends = ARGV[5], ARGV[6]
local PAGE = 100

-- The end of a message that may be taken now, nil for any other.
local function end_if_free(id)
  local f = redis.call('HMGET', id, 'e', 'd', 'c', 'c.e')
  local own_end = tonumber(f[1] or '')
  if not own_end or own_end <= now then return nil end
  if now < tonumber(f[2] or 0) then return nil end
  if f[3] and f[3] ~= '' and now < tonumber(f[4] or 0) then return nil end
  return own_end
end

local taken, offset = {}, 0
while #taken < limit do
  local ids = redis.call('ZRANGE', KEYS[1], offset, offset + PAGE - 1)
  if #ids == 0 then break end
  offset = offset + #ids

  for _, id in ipairs(ids) do
    if #taken == limit then break end
    local own_end = end_if_free(id)
    if own_end then
      redis.call('HSET', id, 'c', claim_id, 'c.e', claim_ends)
      if own_end <= tonumber(claim_ends) then
        redis.call('HSET', id, 't', lifetime, 'e', ends)
        redis.call('EXPIRE', id, lifetime)
      end
      taken[#taken + 1] = id
    end
  end
end

return taken
