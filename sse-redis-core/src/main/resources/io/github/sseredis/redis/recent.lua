-- Returns what check returns, and a page of recent events between two numbers, as they
-- come: at most ARGV[9] of them, backwards from the end if ARGV[10] is 'rev'.
--
-- ARGV[7] from   ARGV[8] to
if changed then
  write_position(seq)
end
local entries
if ARGV[10] == 'rev' then
  entries = redis.call('XREVRANGE', KEYS[2], ARGV[8], ARGV[7], 'COUNT', ARGV[9])
else
  entries = redis.call('XRANGE', KEYS[2], ARGV[7], ARGV[8], 'COUNT', ARGV[9])
end
local result = { epoch, string.format('%.0f', seq), was, stored[3] or ARGV[3] }
for _, entry in ipairs(entries) do
  local fields = {}
  for i = 1, #entry[2], 2 do
    fields[entry[2][i]] = entry[2][i + 1]
  end
  result[#result + 1] = string.match(entry[1], '^%d+')
  result[#result + 1] = fields['t'] or ''
  result[#result + 1] = fields['f'] or ''
end
return result
