"""The one script that writes: a compare-and-set on the turn number, with the desk beside it."""

from dataclasses import dataclass
from hashlib import sha1

DESK_SIZE = 20


@dataclass(frozen=True, slots=True)
class Script:
    """A script of Redis, with the name under which a server remembers it."""

    text: str
    digest: str


# Arguments: the turn expected ('' for none), the value ('' to drop), seconds to keep it,
# seconds to keep the desk, the desk's field, the desk's value ('' for none).
# Answers {1} when written, else {0, what stands}. Field '#' of a desk counts its writes, and each
# item begins with the count at which it was written: that is its age, with no clock involved.
_SAVE = f"""
local standing = redis.call('GET', KEYS[1])
local turn = standing and string.match(standing, '^%d+') or ''
local dropping = ARGV[2] == ''
local gone_already = dropping and not standing
if turn ~= ARGV[1] and not gone_already then
  return {{0, standing}}
end
if dropping then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
if ARGV[6] ~= '' then
  local count = redis.call('HINCRBY', KEYS[2], '#', 1)
  redis.call('HSET', KEYS[2], ARGV[5], count .. ':' .. ARGV[6])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
elseif dropping then
  redis.call('HDEL', KEYS[2], ARGV[5])
end
while redis.call('HLEN', KEYS[2]) > {DESK_SIZE} + 1 do
  local oldest, written = nil, nil
  local items = redis.call('HGETALL', KEYS[2])
  for at = 1, #items, 2 do
    local count = tonumber(string.match(items[at + 1], '^%d+'))
    if items[at] ~= '#' and (not written or count < written) then
      oldest, written = items[at], count
    end
  end
  redis.call('HDEL', KEYS[2], oldest)
end
return {{1}}
"""

SAVE = Script(_SAVE, sha1(_SAVE.encode(), usedforsecurity=False).hexdigest())
