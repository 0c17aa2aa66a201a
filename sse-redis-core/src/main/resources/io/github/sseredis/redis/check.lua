-- Returns epoch, number, what the epoch contains of those before it ('<epoch>:<number>'
-- each, with spaces between), the application that the keys were made by, and the error
-- of PUBLISH or ''.
--
-- ARGV[7] a channel on which to tell the position to all instances; empty for none
if changed then
  write_position(seq)
end
local refused = ''
if ARGV[7] ~= '' then
  local sent = redis.pcall('PUBLISH', ARGV[7], '1 ' .. epoch .. '\np ' .. string.format('%.0f', seq) .. ' 0 0\n')
  if has(sent, '') then
    refused = sent.err
  end
end
return { epoch, string.format('%.0f', seq), was, stored[3] or ARGV[3], refused }
