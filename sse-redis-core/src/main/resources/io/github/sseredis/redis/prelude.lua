-- Begins every script that works on a partition: brings its position up to date.
--
-- KEYS[1] seq      KEYS[2] recent
-- ARGV[1] format   ARGV[2] partitions   ARGV[3] app
-- ARGV[4] a random epoch, in case one begins: math.random answers the same every time on 6.2
-- ARGV[5] epoch and ARGV[6] sequence of the caller's position; empty and 0 for none
--
-- Afterwards: epoch, seq (a number), born, was; bytes, all that ever went into recent;
-- changed: whether seq must be written; begins: whether the numbers begin anew.
-- Nothing is written here, so that the first write is one that Redis refuses when it is
-- out of memory: it refuses none after it.
local stored = redis.call('HMGET', KEYS[1], 'format', 'partitions', 'app', 'epoch', 'seq', 'born', 'run', 'was',
  'bytes')
if stored[1] and (stored[1] ~= ARGV[1] or stored[2] ~= ARGV[2]) then
  return redis.error_reply('SSELAYOUT ' .. stored[1] .. ' ' .. tostring(stored[2]))
end

-- What is damaged is as good as lost.
local function digits(text)
  return text and #text < 15 and tonumber(string.match(text, '^%d+$') or '') or nil
end
local epoch, seq = string.match(stored[4] or '', '^%w%w%w%w%w%w%w$'), digits(stored[5])
local born, was, bytes = stored[6], stored[8] or '', digits(stored[9]) or 0
local changed, begins = nil, false

-- INFO may be denied: then restarts go unnoticed, and only the caller's position tells.
local run = stored[7] or ''
local info = redis.pcall('INFO', 'server')
if type(info) == 'string' then
  run = string.match(info, 'run_id:(%w+)') or run
end

-- A driver may repeat a call after a connection was lost: the time is added, digit by
-- digit, so that the same call does not begin the same epoch twice.
local function new_epoch()
  local DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  local time = tonumber(type(info) == 'string' and string.match(info, 'server_time_usec:(%d+)') or 0)
  return (string.gsub(ARGV[4], '%w', function(digit)
    local sum = (string.find(DIGITS, digit, 1, true) - 1 + time) % 62
    time = math.floor(time / 62)
    return string.sub(DIGITS, sum + 1, sum + 1)
  end))
end

-- What the epoch contains of those before it, the newest first; a few are enough for
-- clients that sleep through the restarts of an upgrade.
local function add_to_was()
  local kept = { epoch .. ':' .. string.format('%.0f', seq) }
  for position in string.gmatch(was, '%S+') do
    if #kept < 8 then
      kept[#kept + 1] = position
    end
  end
  return table.concat(kept, ' ')
end

if not (epoch and seq and born) then
  epoch, seq, was, begins, changed = new_epoch(), 0, '', true, true
  born = epoch
elseif run ~= (stored[7] or '') then
  -- Restarted, or another server: what it does not have is lost, what it has is not.
  was = add_to_was()
  epoch, changed = new_epoch(), true
end
if ARGV[5] == epoch and tonumber(ARGV[6]) > seq then
  -- The caller has seen more than there is.
  was, epoch, changed = '', new_epoch(), true
end

local function has(reply, text)
  return type(reply) == 'table' and reply.err and string.find(reply.err, text, 1, true)
end

local function write_position(last)
  redis.call('HSET', KEYS[1], 'format', ARGV[1], 'partitions', ARGV[2], 'app', stored[3] or ARGV[3],
    'epoch', epoch, 'seq', string.format('%.0f', last), 'born', born, 'run', run, 'was', was,
    'bytes', string.format('%.0f', bytes))
  if begins then
    redis.call('DEL', KEYS[2])
    begins = false
  end
end
