using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>What a scan wants, in a form that is cheap to test. Immutable.</summary>
internal sealed class ScanFilter
{
    /// <summary>Takes a query and the newest id that the scan may give.</summary>
    public ScanFilter(PointQuery query, long lastId)
    {
        (Descending, LastId, Box, After) = (query.Descending, lastId, query.Box, query.After);
        ArrivedAfter = query.ArrivedAfter;
        WithSenders = query.WithSenders;
        WithSummaries = query.WithSummaries;
        LocatedOnly = query.LocatedOnly || query.Box is not null;
        (From, To) = (query.Range.From, query.Range.To);
        if (query.After is not { } after) return;
        if (Descending) To = Math.Min(To, after.Ticks == long.MaxValue ? long.MaxValue : after.Ticks + 1);
        else From = Math.Max(From, after.Ticks);
    }

    /// <summary>Newest first.</summary>
    public bool Descending { get; }

    /// <summary>The first event time wanted.</summary>
    public long From { get; }

    /// <summary>The first event time no longer wanted.</summary>
    public long To { get; }

    /// <summary>The newest id wanted: what was committed after the scan began is not.</summary>
    public long LastId { get; }

    /// <summary>Only greater ids: what arrived before is not wanted.</summary>
    public long ArrivedAfter { get; }

    /// <summary>Gives the hashes of the senders' ids, too.</summary>
    public bool WithSenders { get; }

    /// <summary>Gives what rows say that stand for several points, too.</summary>
    public bool WithSummaries { get; }

    /// <summary>Only located points.</summary>
    public bool LocatedOnly { get; }

    /// <summary>Only points within.</summary>
    public BoundingBox? Box { get; }

    /// <summary>Only points after this one in the order asked for.</summary>
    public (long Ticks, long Id)? After { get; }

    /// <summary>False when no point of the block can be wanted.</summary>
    public bool Wants(BlockHeader block) =>
        block.MinTime < To && block.MaxTime >= From
        && block.MaxId > ArrivedAfter
        && (!LocatedOnly || block.Box is not null)
        && (Box is not { } box || block.Box!.Value.Intersects(box));

    /// <summary>True when each point must be tested, beyond its time.</summary>
    public bool TestsPoints(long maxId, long minTime, long maxTime) =>
        LocatedOnly || ArrivedAfter > 0 || maxId > LastId || (After is { } after && minTime <= after.Ticks && after.Ticks <= maxTime);

    /// <summary>Whether one point, whose time is right, is wanted.</summary>
    public bool Wants(long ticks, long id, double x, double y)
    {
        if (id > LastId || id <= ArrivedAfter) return false;
        if (After is { } after && ticks == after.Ticks && (Descending ? id >= after.Id : id <= after.Id)) return false;
        if (!LocatedOnly) return true;
        return Box is { } box ? box.Contains(x, y) : !double.IsNaN(x);
    }
}
