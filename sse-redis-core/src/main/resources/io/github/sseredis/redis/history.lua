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
local STEP = 20
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
  return nil -- a value: tonumber() without one is an error
end

local function number(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

if after > seq then
  return answer('ahead')
elseif after == seq then
  return answer('all', string.format('%.0f', seq))
end

local to, page_bytes = string.format('%.0f', seq), tonumber(ARGV[9])

-- What is not a stream proves nothing, as if it were not there.
local function range(key, from, count)
  local entries = redis.pcall('XRANGE', key, from, to, 'COUNT', count)
  if has(entries, 'WRONGTYPE') then
    return {}
  end
  return entries.err and redis.call('XRANGE', key, from, to) or entries
end

-- Visits entries after a number in small steps, so that large ones are not read in vain.
-- Ours have a number alone as ID; what others have put between them is passed over.
local function each(key, count, visit)
  local at, left = after, count
  while left > 0 do
    local entries = range(key, string.format('%.0f', at + 1), STEP)
    for _, entry in ipairs(entries) do
      at = number(entry)
      if string.sub(entry[1], -2) == '-0' and visit(entry, at) then
        return
      end
    end
    left = #entries < STEP and 0 or left - STEP
  end
end

local page, bytes, at = {}, 0, after
local function add(entry)
  page[#page + 1] = string.format('%.0f', number(entry))
  page[#page + 1] = field(entry, 'f')
  bytes = bytes + #page[#page]
end

-- The chain: each event of the topic names the one before.
local known = redis.pcall('HMGET', KEYS[4], 'born', 'last')
local last = known[1] == born and tonumber(known[2])
if last then
  local proven = true
  each(KEYS[3], tonumber(ARGV[8]), function(entry, current)
    local prev = tonumber(field(entry, 'p'))
    proven = prev ~= nil and field(entry, 'f') ~= nil and (#page == 0 and prev <= after or prev == at)
    if proven then
      at = current
      add(entry)
    end
    return not proven or bytes > page_bytes
  end)
  if proven and (#page > 0 or last <= after) then
    -- Up to the last event of the topic the topic has no more, so up to the end.
    return answer('all', string.format('%.0f', at >= last and seq or at), unpack(page))
  end
end

-- What is recent has every number between its ends, unless somebody took some out.
local oldest = range(KEYS[2], '-', 1)[1]
if oldest and number(oldest) <= after + 1 then
  local read = 0
  page, bytes, at = {}, 0, after
  each(KEYS[2], 1000, function(entry, current)
    if current ~= at + 1 or not (field(entry, 't') and field(entry, 'f')) then
      return true
    end
    at = current
    read = read + #field(entry, 'f')
    if field(entry, 't') == ARGV[10] then
      add(entry)
    end
    return bytes > page_bytes or read > 8 * page_bytes
  end)
  if at > after then
    return answer('all', string.format('%.0f', at), unpack(page))
  end
end

local provable = oldest and number(oldest) - 1 or seq
local first = last and range(KEYS[3], '-', 1)[1]
if first then
  provable = math.min(provable, tonumber(field(first, 'p')) or number(first))
end
return answer('unproven', string.format('%.0f', math.max(provable, after + 1)))
