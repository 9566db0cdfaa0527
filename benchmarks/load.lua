-- Asks one query again and again; with a mark, each time as a new text, so that no kept answer fits.
local path, mark, number = nil, nil, 0

function init(args)
  path, mark = args[1], args[2]
end

function request()
  if mark == nil then
    return wrk.format("GET", path)
  end
  number = number + 1
  return wrk.format("GET", path .. "%0A%23" .. mark .. number)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("\n%d %d %f %f %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
