using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Web.Components.Sending;

/// <summary>Compares the accounts of some kinds of sources with those at its making. Not thread-safe.</summary>
public sealed class ArrivalWatch
{
    private readonly SourceRegistry _registry;
    private readonly SeriesCatalog _catalog;
    private readonly IReadOnlyList<string> _kinds;
    private readonly Dictionary<string, long> _offered = [];
    private readonly Dictionary<(string Source, string Reason), long> _refused = [];
    private long _seen;

    /// <summary>Begins.</summary>
    /// <param name="registry">The accounts.</param>
    /// <param name="catalog">The series.</param>
    /// <param name="kinds">The kinds of sources that count.</param>
    /// <param name="nowTicks">The clock.</param>
    public ArrivalWatch(SourceRegistry registry, SeriesCatalog catalog, IReadOnlyList<string> kinds, long nowTicks)
    {
        (_registry, _catalog, _kinds) = (registry, catalog, kinds);
        foreach (var source in Sources(nowTicks))
        {
            _offered[source.Kind + source.Name] = source.Offered;
            foreach (var (reason, count) in source.Rejected) _refused[(source.Kind + source.Name, reason)] = count;
        }
    }

    /// <summary>What arrived since, or null.</summary>
    public Arrival? Arrival { get; private set; }

    /// <summary>What was refused since, most first.</summary>
    public IReadOnlyList<ArrivalFault> Faults { get; private set; } = [];

    /// <summary>Looks; true where something changed since it last did.</summary>
    public bool Look(long nowTicks)
    {
        var faults = new List<ArrivalFault>();
        long offered = 0;
        long refused = 0;
        SourceSnapshot? from = null;
        foreach (var source in Sources(nowTicks))
        {
            var more = source.Offered - _offered.GetValueOrDefault(source.Kind + source.Name);
            if (more == 0) continue;
            offered += more;
            if (source.Newest is not null && (from is null || source.LastSeen >= from.LastSeen)) from = source;
            foreach (var (reason, count) in source.Rejected)
            {
                var fresh = count - _refused.GetValueOrDefault((source.Kind + source.Name, reason));
                if (fresh == 0) continue;
                refused += fresh;
                faults.Add(new(reason, fresh, source.LastError));
            }
        }

        if (offered == _seen) return false;
        _seen = offered;
        Faults = [.. faults.OrderByDescending(static fault => fault.Count)];
        if (offered > refused && from?.Newest is var (series, value)) Arrival = new(_catalog[series].ToString(), value, offered - refused, $"{from.Kind} {from.Name}", _catalog.States.Find(_catalog[series])?.TextOf(value));
        return true;
    }

    private IEnumerable<SourceSnapshot> Sources(long nowTicks) => _registry.Snapshot(nowTicks).Where(source => _kinds.Contains(source.Kind));
}
