namespace LiveDash.Core.Jobs;

/// <summary>
/// The order of waiting jobs: higher priorities first; within one, users take turns, so that a thousand jobs of one do not stand before one of another.
/// Bounded by whoever fills it. Every operation is O(1) but for removal. Not thread-safe.
/// </summary>
public sealed class FairQueue
{
    private readonly Level[] _levels = [new(), new(), new()];
    private readonly Dictionary<string, (string Owner, JobPriority Priority)> _places = [];
    private readonly Dictionary<string, int> _perOwner = [];

    /// <summary>How many jobs wait.</summary>
    public int Count => _places.Count;

    /// <summary>How many jobs of a user wait.</summary>
    public int CountOf(string owner) => _perOwner.GetValueOrDefault(owner);

    /// <summary>True where a job waits.</summary>
    public bool Contains(string id) => _places.ContainsKey(id);

    /// <summary>Adds a job behind its owner's others.</summary>
    /// <exception cref="ArgumentException">It already waits.</exception>
    public void Enqueue(string id, string owner, JobPriority priority)
    {
        if (!_places.TryAdd(id, (owner, priority))) throw new ArgumentException($"The job {id} already waits.", nameof(id));
        _perOwner[owner] = CountOf(owner) + 1;
        var level = _levels[(int)priority];
        if (!level.Jobs.TryGetValue(owner, out var jobs))
        {
            level.Jobs[owner] = jobs = new();
            level.Turns.Enqueue(owner);
        }

        jobs.AddLast(id);
    }

    /// <summary>Takes the next job.</summary>
    public bool TryDequeue(out string id)
    {
        foreach (var level in _levels)
        {
            while (level.Turns.TryDequeue(out var owner))
            {
                var jobs = level.Jobs[owner];
                if (jobs.First is not { } first)
                {
                    // All of this user's jobs were removed since the turn was given.
                    level.Jobs.Remove(owner);
                    continue;
                }

                jobs.RemoveFirst();
                if (jobs.Count > 0) level.Turns.Enqueue(owner);
                else level.Jobs.Remove(owner);
                Forget(first.Value, owner);
                id = first.Value;
                return true;
            }
        }

        id = "";
        return false;
    }

    /// <summary>Takes a job out of the queue; false where it does not wait.</summary>
    public bool Remove(string id)
    {
        if (!_places.TryGetValue(id, out var place)) return false;
        _levels[(int)place.Priority].Jobs[place.Owner].Remove(id);
        Forget(id, place.Owner);
        return true;
    }

    private void Forget(string id, string owner)
    {
        _places.Remove(id);
        if (CountOf(owner) <= 1) _perOwner.Remove(owner);
        else _perOwner[owner]--;
    }

    private sealed class Level
    {
        public Dictionary<string, LinkedList<string>> Jobs { get; } = [];

        public Queue<string> Turns { get; } = new();
    }
}
