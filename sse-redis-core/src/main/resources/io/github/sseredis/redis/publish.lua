-- Publishes a call's events, in order, each once: next number, topic's log, recent, and
-- one message to all instances.
--
-- KEYS[3] sender
-- KEYS from 4, three an event: log, topic, the application's idempotency key (the sender
--   again if there is none)
-- ARGV[7] channel   ARGV[8] history per topic   ARGV[9] history per partition
-- ARGV[10] history TTL in ms   ARGV[11] topic TTL in ms   ARGV[12] idempotency TTL in ms
-- ARGV[13] bytes of recent   ARGV[14] sender TTL in ms
-- ARGV[15] the number of this attempt of the sender   ARGV[16] that of the first at this call
-- ARGV[17] when the oldest of the events was published, in ms
-- ARGV from 18, three an event: its number among the sender's, topic, fields
--
-- Returns epoch, the error of PUBLISH or '', and for each event '<epoch>:<number>', or
-- '!<error>' if it alone failed.
local FIRST = 17
local known = redis.call('HMGET', KEYS[3], 'attempt', 'ids')
local latest = tonumber(known[1] or '')
if latest and latest > tonumber(ARGV[15]) then
  -- Was held up on its way: what the sender still wanted has been in a later call.
  return redis.error_reply('SSELATE attempt ' .. ARGV[15] .. ' after ' .. string.format('%.0f', latest))
end

-- What this call has been answered already: a sender has one call at a time, so only its
-- last can have been here before.
local answered = {}
if latest and latest >= tonumber(ARGV[16]) then
  for number, id in string.gmatch(known[2] or '', '(%d+)=(%S+)') do
    answered[number] = id
  end
end

local count = (#ARGV - FIRST) / 3
local result, fresh, seen = {}, {}, {}

local function log_of(i)
  return KEYS[3 * i + 1]
end

local function topic_of(i)
  return KEYS[3 * i + 2], ARGV[FIRST + 3 * i - 1]
end

-- Returns the application's idempotency key, or nil.
local function key_of(i)
  local key = KEYS[3 * i + 3]
  return key ~= KEYS[3] and key or nil
end

local function number_of(i)
  return ARGV[FIRST + 3 * i - 2]
end

local function fields_of(i)
  return ARGV[FIRST + 3 * i]
end

-- Returns the ID that is stored under an idempotency key, an error, or nil.
local function stored_id(key)
  local id = redis.pcall('GET', key)
  if has(id, 'WRONGTYPE') then
    return '!' .. id.err
  elseif type(id) == 'table' then
    return redis.call('GET', key) -- raises the error, before anything is written
  elseif id and not string.find(id, '^%w+:%d+$') then
    return '!ERR ' .. key .. ' does not hold the ID of an event'
  end
  return id or nil
end

for i = 1, count do
  local key = key_of(i)
  local hit = answered[number_of(i)] or (key and (stored_id(key) or seen[key]))
  if hit then
    result[i] = hit
  else
    if key then
      seen[key] = i
    end
    fresh[#fresh + 1] = i
  end
end

-- Returns the number given to an event, or nil and an error that concerns it alone. Any
-- other error ends the script before seq is written: the same numbers are given again.
local function append(i)
  local log, fields = log_of(i), fields_of(i)
  local topic, name = topic_of(i)
  local number = string.format('%.0f', seq + 1)
  local known = redis.pcall('HMGET', topic, 'born', 'last')
  if has(known, 'WRONGTYPE') then
    return nil, known.err
  end
  local prev, keep = '-', 1
  if known[1] == born and known[2] then
    prev, keep = known[2], ARGV[8]
  elseif known[1] then
    redis.call('DEL', log)
  end
  local added = redis.pcall('XADD', log, 'MAXLEN', keep, number, 'p', prev, 'f', fields)
  if has(added, 'WRONGTYPE') then
    return nil, added.err
  elseif has(added, 'equal or smaller') then
    -- What stands there is not of this run of numbers.
    redis.call('DEL', log)
    redis.call('XADD', log, number, 'p', '-', 'f', fields)
  elseif type(added) == 'table' then
    redis.call('XADD', log, 'MAXLEN', keep, number, 'p', prev, 'f', fields) -- raises the error
  end
  redis.call('PEXPIRE', log, ARGV[10])
  redis.call('HSET', topic, 'born', born, 'last', number)
  redis.call('PEXPIRE', topic, ARGV[11])
  bytes = bytes + #name + #fields
  local sum = string.format('%.0f', bytes)
  local recent = redis.pcall('XADD', KEYS[2], 'MAXLEN', ARGV[9], number, 't', name, 'f', fields, 'b', sum)
  if type(recent) == 'table' then
    if has(recent, 'equal or smaller') or has(recent, 'WRONGTYPE') then
      redis.call('DEL', KEYS[2])
    end
    redis.call('XADD', KEYS[2], number, 't', name, 'f', fields, 'b', sum)
  end
  seq = seq + 1
  return number
end

-- Each recent event has the sum of bytes up to it, so two of them tell what lies between.
-- A quarter over the bound it is found by halving from where to keep; numbers have no holes.
local function trim_recent()
  local bound = tonumber(ARGV[13])
  local function excess(entry)
    for i = 1, #entry[2], 2 do
      if entry[2][i] == 'b' then
        return bytes - (tonumber(entry[2][i + 1]) or 0) - bound
      end
    end
    return bytes
  end
  local oldest = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
  if not oldest or excess(oldest) <= bound / 4 then
    return
  end
  local low, high = tonumber(string.match(oldest[1], '^%d+')), seq
  while low < high do
    local middle = math.floor((low + high) / 2)
    local id = string.format('%.0f', middle)
    local entry = redis.call('XRANGE', KEYS[2], id, id)[1]
    if not entry or excess(entry) > 0 then
      low = middle + 1
    else
      high = middle
    end
  end
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', low))
end

-- Remembers what became of the call, for when it comes again.
local function remember()
  local ids = {}
  for i = 1, count do
    if string.sub(result[i], 1, 1) ~= '!' then
      ids[#ids + 1] = number_of(i) .. '=' .. result[i]
    end
  end
  redis.call('HSET', KEYS[3], 'ids', table.concat(ids, ' '))
  redis.call('PEXPIRE', KEYS[3], ARGV[14])
end

local published = ''
if #fresh > 0 then
  local records = {}
  redis.call('HSET', KEYS[3], 'attempt', ARGV[15])
  if begins then
    redis.call('DEL', KEYS[2])
    begins = false
  end
  for _, i in ipairs(fresh) do
    local number, err = append(i)
    if number then
      local key, fields = key_of(i), fields_of(i)
      local _, name = topic_of(i)
      result[i] = epoch .. ':' .. number
      if key then
        redis.call('SET', key, result[i], 'PX', ARGV[12])
      end
      records[#records + 1] = 'e ' .. number .. ' ' .. #name .. ' ' .. #fields .. '\n' .. name .. fields
    else
      result[i] = '!' .. err
    end
  end
  for i = 1, count do
    -- The same key twice in one call: the first event's result.
    if type(result[i]) == 'number' then
      result[i] = result[result[i]]
    end
  end
  write_position(seq)
  remember()
  if #records > 0 then
    trim_recent()
    redis.call('PEXPIRE', KEYS[2], ARGV[10])
    local sent = redis.pcall('PUBLISH', ARGV[7], '1 ' .. epoch .. ' ' .. ARGV[17] .. '\n' .. table.concat(records))
    if has(sent, '') then
      published = sent.err
    end
  end
elseif changed then
  write_position(seq)
end
return { epoch, published, unpack(result) }
