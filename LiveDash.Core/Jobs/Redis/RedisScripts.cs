namespace LiveDash.Core.Jobs.Redis;

/// <summary>
/// What must be one step in Redis, in Lua. KEYS are always the job's hash and the stream; the channel of events is ARGV[1], the job's id ARGV[2].
/// Who works on a job is known by its attempt number and its worker's name: every script of a worker checks both, so what a worker that was given up says
/// late changes nothing.
/// </summary>
internal static class RedisScripts
{
    private const string Ends = """
        local function ends(entry)
          redis.call('XACK', KEYS[2], 'workers', entry)
          redis.call('XDEL', KEYS[2], entry)
        end

        """;

    private const string Mine = """
        local job = redis.call('HMGET', KEYS[1], 'status', 'attempt', 'worker', 'entry', 'faults')
        if job[1] ~= 'running' or job[2] ~= ARGV[3] or job[3] ~= ARGV[4] then return 0 end

        """;

    /// <summary>Puts a job into the stream, unless it is there already or finished. ARGV: 3 attempt, 4 seconds to keep, 5 plan. Gives the status that stands.</summary>
    internal const string Push = """
        local job = redis.call('HMGET', KEYS[1], 'status', 'attempt', 'entry')
        if job[1] == 'done' or job[1] == 'failed' then return job[1] end
        if (job[1] == 'queued' or job[1] == 'running') and job[3] and #redis.call('XRANGE', KEYS[2], job[3], job[3]) == 1 then return job[1] end
        local attempt = math.max(tonumber(ARGV[3]), tonumber(job[2] or '0') + 1)
        redis.call('DEL', KEYS[1])
        local entry = redis.call('XADD', KEYS[2], '*', 'id', ARGV[2])
        redis.call('HSET', KEYS[1], 'status', 'queued', 'attempt', attempt, 'faults', 0, 'progress', 0, 'entry', entry, 'plan', ARGV[5])
        redis.call('EXPIRE', KEYS[1], ARGV[4])
        redis.call('PUBLISH', ARGV[1], 'queued ' .. ARGV[2])
        return 'queued'
        """;

    /// <summary>How a job stands: status, attempt, progress, worker, error, started, points, fingerprint, and 1 where its entry is in the stream.</summary>
    internal const string Look = """
        local job = redis.call('HMGET', KEYS[1], 'status', 'attempt', 'progress', 'worker', 'error', 'started', 'points', 'fingerprint', 'entry')
        if not job[1] then return false end
        job[9] = (job[9] and #redis.call('XRANGE', KEYS[2], job[9], job[9]) == 1) and '1' or '0'
        for i = 1, 8 do job[i] = job[i] or '' end
        return job
        """;

    /// <summary>Ends a job that is no longer wanted. ARGV: 3 seconds to keep.</summary>
    internal const string Cancel = Ends + """
        local job = redis.call('HMGET', KEYS[1], 'status', 'entry')
        if job[1] ~= 'queued' and job[1] ~= 'running' then return 0 end
        ends(job[2])
        redis.call('HSET', KEYS[1], 'status', 'cancelled')
        redis.call('HDEL', KEYS[1], 'plan')
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('PUBLISH', ARGV[1], 'cancelled ' .. ARGV[2])
        return 1
        """;

    /// <summary>A worker begins what it read or claimed. ARGV: 3 entry, 4 worker, 5 now, 6 most attempts, 7 seconds to keep. Gives attempt and plan, or nothing where there is nothing to do.</summary>
    internal const string Begin = Ends + """
        local job = redis.call('HMGET', KEYS[1], 'status', 'entry', 'attempt', 'worker', 'faults', 'plan')
        if job[2] ~= ARGV[3] or (job[1] ~= 'queued' and job[1] ~= 'running') then
          ends(ARGV[3])
          return false
        end
        local attempt = tonumber(job[3])
        if job[1] == 'running' then
          attempt = attempt + 1
          local faults = tonumber(job[5]) + 1
          redis.call('HSET', KEYS[1], 'attempt', attempt, 'faults', faults)
          if faults >= tonumber(ARGV[6]) then
            ends(ARGV[3])
            redis.call('HSET', KEYS[1], 'status', 'failed', 'error', 'It was begun ' .. faults .. ' times, and each time its worker fell silent before it was done, the last time ' .. job[4] .. '.')
            redis.call('HDEL', KEYS[1], 'plan')
            redis.call('EXPIRE', KEYS[1], ARGV[7])
            redis.call('PUBLISH', ARGV[1], 'failed ' .. ARGV[2])
            return false
          end
        end
        redis.call('HSET', KEYS[1], 'status', 'running', 'worker', ARGV[4], 'started', ARGV[5], 'progress', 0)
        redis.call('PUBLISH', ARGV[1], 'running ' .. ARGV[2])
        return {tostring(attempt), job[6]}
        """;

    /// <summary>A worker tells how far it is, and keeps its hold. ARGV: 3 attempt, 4 worker, 5 percent. 0 where the job is no longer its.</summary>
    internal const string Report = Mine + """
        redis.call('XCLAIM', KEYS[2], 'workers', ARGV[4], 0, job[4], 'JUSTID')
        if redis.call('HGET', KEYS[1], 'progress') ~= ARGV[5] then
          redis.call('HSET', KEYS[1], 'progress', ARGV[5])
          redis.call('PUBLISH', ARGV[1], 'progress ' .. ARGV[2])
        end
        return 1
        """;

    /// <summary>A worker hands in its image. ARGV: 3 attempt, 4 worker, 5 points, 6 fingerprint, 7 seconds to keep, then format and bytes in turn. 0 where it is too late.</summary>
    internal const string Finish = Ends + Mine + """
        ends(job[4])
        redis.call('HSET', KEYS[1], 'status', 'done', 'progress', 100, 'points', ARGV[5], 'fingerprint', ARGV[6], unpack(ARGV, 8))
        redis.call('HDEL', KEYS[1], 'plan')
        redis.call('EXPIRE', KEYS[1], ARGV[7])
        redis.call('PUBLISH', ARGV[1], 'done ' .. ARGV[2])
        return 1
        """;

    /// <summary>A worker could not make it. ARGV: 3 attempt, 4 worker, 5 reason, 6 most attempts, 7 seconds to keep. 1 where it failed for good, 2 where it is tried again, 0 where it is too late.</summary>
    internal const string Fail = Ends + Mine + """
        ends(job[4])
        local faults = tonumber(job[5]) + 1
        if faults < tonumber(ARGV[6]) then
          local entry = redis.call('XADD', KEYS[2], '*', 'id', ARGV[2])
          redis.call('HSET', KEYS[1], 'status', 'queued', 'attempt', tonumber(job[2]) + 1, 'faults', faults, 'entry', entry, 'progress', 0)
          redis.call('PUBLISH', ARGV[1], 'queued ' .. ARGV[2])
          return 2
        end
        local reason = ARGV[5]
        if faults > 1 then reason = 'It failed ' .. faults .. ' times, the last time with: ' .. reason end
        redis.call('HSET', KEYS[1], 'status', 'failed', 'faults', faults, 'error', reason, 'progress', 0)
        redis.call('HDEL', KEYS[1], 'plan')
        redis.call('EXPIRE', KEYS[1], ARGV[7])
        redis.call('PUBLISH', ARGV[1], 'failed ' .. ARGV[2])
        return 1
        """;

    /// <summary>A worker that ends gives its job back, which is no fault of the job. ARGV: 3 attempt, 4 worker.</summary>
    internal const string Release = Ends + Mine + """
        ends(job[4])
        local entry = redis.call('XADD', KEYS[2], '*', 'id', ARGV[2])
        redis.call('HSET', KEYS[1], 'status', 'queued', 'attempt', tonumber(job[2]) + 1, 'entry', entry, 'progress', 0)
        redis.call('PUBLISH', ARGV[1], 'queued ' .. ARGV[2])
        return 1
        """;
}
