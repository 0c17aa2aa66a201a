-- Returns what check returns, and what a topic has after a number, if that is provably
-- all: a page of at most ARGV[8] events or ARGV[9] bytes, oldest first.
--
-- KEYS[3] log   KEYS[4] topic   ARGV[7] after   ARGV[10] topic
--
-- Answers 'ahead' if there is no such number yet; 'all', the number up to which the page
-- is complete, and for each event number and fields; or 'unproven', and the number from
-- which on a proof may succeed.
if changed then
  write_position(seq)
end
local after = tonumber(ARGV[7])
local result = { epoch, string.format('%.0f', seq), was, stored[3] or ARGV[3] }

local function answer(...)
  for _, value in ipairs({ ... }) do
    result[#result + 1] = value
  end
  return result
end

local function field(entry, name)
  for i = 1, #entry[2], 2 do
    if entry[2][i] == name then
      return entry[2][i + 1]
    end
  end
end

local function number(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

if after > seq then
  return answer('ahead')
elseif after == seq then
  return answer('all', string.format('%.0f', seq))
end

-- The chain: each event of the topic names the one before.
local known = redis.call('HMGET', KEYS[4], 'born', 'last')
local last = known[1] == born and tonumber(known[2])
local from = string.format('%.0f', after + 1)
if last then
  local page, bytes, at, proven = {}, 0, after, true
  local entries = redis.call('XRANGE', KEYS[3], from, '+', 'COUNT', ARGV[8])
  for i, entry in ipairs(entries) do
    local prev = tonumber(field(entry, 'p'))
    if not prev or (i == 1 and prev > after) or (i > 1 and prev ~= at) then
      proven = false
      break
    end
    at = number(entry)
    page[#page + 1] = string.format('%.0f', at)
    page[#page + 1] = field(entry, 'f')
    bytes = bytes + #page[#page]
    if bytes > tonumber(ARGV[9]) then
      break
    end
  end
  if proven and (#page > 0 or last <= after) then
    -- Up to the last event of the topic the topic has no more, so up to the end.
    return answer('all', string.format('%.0f', at >= last and seq or at), unpack(page))
  end
end

-- What is recent has every number between its ends.
local oldest = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
if oldest and number(oldest) <= after + 1 then
  local page, bytes, at = {}, 0, after
  for _, entry in ipairs(redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', 1000)) do
    at = number(entry)
    if field(entry, 't') == ARGV[10] then
      page[#page + 1] = string.format('%.0f', at)
      page[#page + 1] = field(entry, 'f')
      bytes = bytes + #page[#page]
    end
    if bytes > tonumber(ARGV[9]) then
      break
    end
  end
  return answer('all', string.format('%.0f', at), unpack(page))
end

local provable = oldest and number(oldest) - 1 or seq
local first = last and redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', 1)[1]
if first then
  provable = math.min(provable, tonumber(field(first, 'p')) or number(first))
end
return answer('unproven', string.format('%.0f', math.max(provable, after + 1)))
