-- Returns epoch, number, what the epoch was before and the application, as check does,
-- and a page of recent events between two numbers, as they come: at most ARGV[9] of them
-- and about ARGV[11] bytes, backwards from the end if ARGV[10] is 'rev'. In place of one
-- that is none of ours there is '-' and nothing.
--
-- ARGV[7] from   ARGV[8] to
local STEP = 10
if changed then
  write_position(seq)
end
local result = { epoch, string.format('%.0f', seq), was, stored[3] or ARGV[3] }
local from, to = ARGV[7], ARGV[8]
local left, room = tonumber(ARGV[9]), tonumber(ARGV[11])
while left > 0 and room > 0 do
  local count = math.min(left, STEP)
  local entries
  if ARGV[10] == 'rev' then
    entries = redis.pcall('XREVRANGE', KEYS[2], to, from, 'COUNT', count)
  else
    entries = redis.pcall('XRANGE', KEYS[2], from, to, 'COUNT', count)
  end
  if has(entries, 'WRONGTYPE') then
    entries = {} -- the next event puts a stream in its place
  elseif entries.err then
    return entries
  end
  local last
  for _, entry in ipairs(entries) do
    local fields = {}
    for i = 1, #entry[2], 2 do
      fields[entry[2][i]] = entry[2][i + 1]
    end
    last = entry[1]
    local number = string.match(last, '^(%d+)%-0$')
    local ours = number and fields['t'] and fields['f']
    result[#result + 1] = ours and number or '-'
    result[#result + 1] = ours and fields['t'] or ''
    result[#result + 1] = ours and fields['f'] or ''
    room = room - #(fields['f'] or '')
  end
  left = #entries < count and 0 or left - count
  if left > 0 then
    if ARGV[10] == 'rev' then
      to = '(' .. last
    else
      from = '(' .. last
    end
  end
end
return result
