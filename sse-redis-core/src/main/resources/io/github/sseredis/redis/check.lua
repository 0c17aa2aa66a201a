-- Returns epoch, number, what the epoch was before ('<epoch>:<number>' or ''), and the
-- application that the keys were made by.
if changed then
  write_position(seq)
end
return { epoch, string.format('%.0f', seq), was, stored[3] or ARGV[3] }
