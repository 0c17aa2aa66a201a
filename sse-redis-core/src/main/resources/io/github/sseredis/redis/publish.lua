-- Publishes a call's events, in order, each once: next number, topic's log, recent, and
-- one message to all instances.
--
-- KEYS from 3, four an event: log, topic, the sender's idempotency key, the application's
--   (the sender's again if there is none)
-- ARGV[7] channel   ARGV[8] history per topic   ARGV[9] history per partition
-- ARGV[10] history TTL in ms   ARGV[11] topic TTL in ms   ARGV[12] idempotency TTL in ms
-- ARGV from 13, two an event: topic, fields
--
-- Returns epoch, the error of PUBLISH or '', and for each event '<epoch>:<number>', or
-- '!<error>' if it alone failed.
local count = (#ARGV - 12) / 2
local result, fresh, seen = {}, {}, {}
for i = 1, count do
  local own, app = KEYS[4 * i + 1], KEYS[4 * i + 2]
  local hit = redis.call('GET', own) or (app ~= own and redis.call('GET', app))
  if hit then
    result[i] = hit
  elseif seen[app] then
    result[i] = seen[app]
  else
    seen[app] = i
    fresh[#fresh + 1] = i
  end
end

local function append(i)
  local log, topic = KEYS[4 * i - 1], KEYS[4 * i]
  local number = string.format('%.0f', seq + 1)
  local fields = ARGV[12 + 2 * i]
  local known = redis.pcall('HMGET', topic, 'born', 'last')
  if known.err then
    return nil, known.err
  end
  local prev = '-'
  if known[1] == born and known[2] then
    prev = known[2]
  elseif known[1] then
    redis.call('DEL', log)
  end
  local added = redis.pcall('XADD', log, 'MAXLEN', ARGV[8], number, 'p', prev, 'f', fields)
  if type(added) == 'table' and added.err and not string.find(added.err, 'WRONGTYPE') then
    -- What stands there is not of this run of numbers.
    redis.call('DEL', log)
    prev = '-'
    added = redis.pcall('XADD', log, 'MAXLEN', ARGV[8], number, 'p', prev, 'f', fields)
  end
  if type(added) == 'table' and added.err then
    return nil, added.err
  end
  seq = seq + 1
  redis.call('PEXPIRE', log, ARGV[10])
  redis.call('HSET', topic, 'born', born, 'last', number)
  redis.call('PEXPIRE', topic, ARGV[11])
  local recent = redis.pcall('XADD', KEYS[2], 'MAXLEN', ARGV[9], number, 't', ARGV[11 + 2 * i], 'f', fields)
  if type(recent) == 'table' and recent.err then
    redis.call('DEL', KEYS[2])
    redis.call('XADD', KEYS[2], number, 't', ARGV[11 + 2 * i], 'f', fields)
  end
  return number
end

local published = ''
if #fresh > 0 or changed then
  write_position(seq)
end
if #fresh > 0 then
  local records = {}
  for _, i in ipairs(fresh) do
    local number, err = append(i)
    if number then
      local topic, fields = ARGV[11 + 2 * i], ARGV[12 + 2 * i]
      result[i] = epoch .. ':' .. number
      for k = 5, 6 do
        local key = KEYS[4 * i + k - 4]
        if k == 5 or key ~= KEYS[4 * i + 1] then
          redis.call('SET', key, result[i], 'PX', ARGV[12])
        end
      end
      records[#records + 1] = 'e ' .. number .. ' ' .. #topic .. ' ' .. #fields .. '\n' .. topic .. fields
    else
      result[i] = '!' .. err
    end
  end
  write_position(seq)
  redis.call('PEXPIRE', KEYS[2], ARGV[10])
  if #records > 0 then
    local sent = redis.pcall('PUBLISH', ARGV[7], '1 ' .. epoch .. '\n' .. table.concat(records))
    if type(sent) == 'table' and sent.err then
      published = sent.err
    end
  end
end
for i = 1, count do
  if type(result[i]) == 'number' then
    result[i] = result[result[i]]
  end
end
return { epoch, published, unpack(result) }
