using Microsoft.Extensions.Options;

namespace LiveDash.Core.Ingestion;

/// <summary>
/// All sources by kind and name. Bounded by <see cref="IngestOptions.MaxSources"/>: what comes later shares one ledger called <c>(others)</c> per kind,
/// so the sums stay exact. A ledger is never removed. Thread-safe.
/// </summary>
public sealed class SourceRegistry(IOptions<IngestOptions> options)
{
    private const string Others = "(others)";
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Name), SourceLedger> _ledgers = [];

    /// <summary>The ledger of a source, made at its first sight.</summary>
    /// <param name="kind">The listener or reader; one of a small fixed set.</param>
    /// <param name="name">Who sends; it is cut to 100 characters, and control characters become '?'.</param>
    public SourceLedger Get(string kind, string name)
    {
        name = Clean(name);
        lock (_gate)
        {
            if (_ledgers.TryGetValue((kind, name), out var ledger)) return ledger;
            if (_ledgers.Count >= options.Value.MaxSources)
            {
                name = Others;
                if (_ledgers.TryGetValue((kind, name), out ledger)) return ledger;
            }

            ledger = new SourceLedger(kind, name);
            _ledgers.Add((kind, name), ledger);
            return ledger;
        }
    }

    /// <summary>Every source's account, ordered by kind and name (ordinal).</summary>
    public IReadOnlyList<SourceSnapshot> Snapshot(long nowTicks)
    {
        SourceLedger[] ledgers;
        lock (_gate) ledgers = [.. _ledgers.Values];
        return [.. ledgers.Select(l => l.Snapshot(nowTicks)).OrderBy(s => s.Kind, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    private static string Clean(string name)
    {
        if (name.Length > 100) name = name[..100];
        return name.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Create(name.Length, name, static (span, text) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = text[i] is >= ' ' and <= '~' ? text[i] : '?';
            })
            : name;
    }
}
