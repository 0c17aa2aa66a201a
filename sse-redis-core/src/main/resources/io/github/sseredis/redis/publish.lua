-- Publishes a call's events, in order, each once: next number, topic's log, recent, and
-- one message to all instances.
--
-- KEYS[3] sender
-- KEYS from 4, four an event: log, topic, the sender's idempotency key, the application's
--   (the sender's again if there is none)
-- ARGV[7] channel   ARGV[8] history per topic   ARGV[9] history per partition
-- ARGV[10] history TTL in ms   ARGV[11] topic TTL in ms   ARGV[12] idempotency TTL in ms
-- ARGV[13] bytes of recent   ARGV[14] the number of this attempt of the sender
-- ARGV from 15, two an event: topic, fields
--
-- Returns epoch, the error of PUBLISH or '', and for each event '<epoch>:<number>', or
-- '!<error>' if it alone failed.
local latest = tonumber(redis.call('GET', KEYS[3]) or '')
if latest and latest > tonumber(ARGV[14]) then
  -- Was held up on its way: what the sender still wanted has been in a later call.
  return redis.error_reply('SSELATE attempt ' .. ARGV[14] .. ' after ' .. string.format('%.0f', latest))
end

local count = (#ARGV - 14) / 2
local result, fresh, seen = {}, {}, {}

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
  local own, app = KEYS[4 * i + 2], KEYS[4 * i + 3]
  local hit = stored_id(own) or (app ~= own and stored_id(app))
  if hit then
    result[i] = hit
  elseif seen[app] then
    result[i] = seen[app]
  else
    seen[app] = i
    fresh[#fresh + 1] = i
  end
end

-- Returns the number given to an event, or nil and an error that concerns it alone. Any
-- other error ends the script before seq is written: the same numbers are given again.
local function append(i)
  local log, topic = KEYS[4 * i], KEYS[4 * i + 1]
  local number = string.format('%.0f', seq + 1)
  local name, fields = ARGV[13 + 2 * i], ARGV[14 + 2 * i]
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
        return bytes - tonumber(entry[2][i + 1]) - bound
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

local published = ''
if #fresh > 0 then
  local records = {}
  redis.call('SET', KEYS[3], ARGV[14], 'PX', ARGV[12])
  if begins then
    redis.call('DEL', KEYS[2])
    begins = false
  end
  for _, i in ipairs(fresh) do
    local number, err = append(i)
    if number then
      local own, app = KEYS[4 * i + 2], KEYS[4 * i + 3]
      local topic, fields = ARGV[13 + 2 * i], ARGV[14 + 2 * i]
      result[i] = epoch .. ':' .. number
      redis.call('SET', own, result[i], 'PX', ARGV[12])
      if app ~= own then
        redis.call('SET', app, result[i], 'PX', ARGV[12])
      end
      records[#records + 1] = 'e ' .. number .. ' ' .. #topic .. ' ' .. #fields .. '\n' .. topic .. fields
    else
      result[i] = '!' .. err
    end
  end
  write_position(seq)
  if #records > 0 then
    trim_recent()
    redis.call('PEXPIRE', KEYS[2], ARGV[10])
    local sent = redis.pcall('PUBLISH', ARGV[7], '1 ' .. epoch .. '\n' .. table.concat(records))
    if has(sent, '') then
      published = sent.err
    end
  end
elseif changed then
  write_position(seq)
end
for i = 1, count do
  if type(result[i]) == 'number' then
    result[i] = result[result[i]]
  end
end
return { epoch, published, unpack(result) }
