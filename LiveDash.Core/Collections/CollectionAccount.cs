using LiveDash.Core.Ingestion;

namespace LiveDash.Core.Collections;

/// <summary>What became of the documents of a collection since the start: read = mapped + refused by reason. Thread-safe.</summary>
public sealed class CollectionAccount
{
    private readonly Lock _gate = new();
    private readonly long[] _refused = new long[ReasonNames.RejectCount];
    private long _read;
    private string? _last;
    private string? _state;

    /// <summary>How many documents were read.</summary>
    public long Read
    {
        get { lock (_gate) return _read; }
    }

    /// <summary>How many gave no point, or not all, by reason.</summary>
    public IReadOnlyList<(string Reason, long Count)> Refused
    {
        get
        {
            lock (_gate) return [.. _refused.Select(static (count, i) => (ReasonNames.Of((RejectReason)i), count)).Where(static one => one.count > 0)];
        }
    }

    /// <summary>The newest refusal, with the document's key; null for none.</summary>
    public string? LastRefused
    {
        get { lock (_gate) return _last; }
    }

    /// <summary>What is going on, for people; null for nothing.</summary>
    public string? State
    {
        get { lock (_gate) return _state; }
    }

    /// <summary>Counts documents that became points, or would.</summary>
    internal void Count(long read)
    {
        lock (_gate) _read += read;
    }

    /// <summary>Counts one that was refused.</summary>
    internal void Refuse(RejectReason reason, string key)
    {
        lock (_gate)
        {
            _refused[(int)reason]++;
            _last = $"{(key.Length > 100 ? key[..100] : key)}: {ReasonNames.Of(reason)}";
        }
    }

    /// <summary>Says what is going on.</summary>
    internal void Say(string? state)
    {
        lock (_gate) _state = state;
    }
}
