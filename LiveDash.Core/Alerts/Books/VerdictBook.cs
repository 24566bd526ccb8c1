using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Books;

/// <summary>What people said of strange moments, by rule; kept over restarts. All members are thread-safe.</summary>
public sealed class VerdictBook(IDocumentStore documents)
{
    /// <summary>The most verdicts of a rule; the oldest go.</summary>
    public const int MostVerdicts = 200;

    private const string Kind = "anomaly-verdicts";

    /// <summary>The verdicts of a rule, the oldest first.</summary>
    public async Task<IReadOnlyList<Verdict>> ReadAsync(string rule, CancellationToken cancellationToken) =>
        await documents.GetAsync(Kind, rule, cancellationToken).ConfigureAwait(false) is { } body && DocumentJson.TryRead<List<Verdict>>(body) is { } kept ? kept : [];

    /// <summary>Keeps a verdict, in the place of what was said of the same moment before.</summary>
    /// <returns>All of the rule.</returns>
    /// <exception cref="StoreFullException">The disk has no space; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing was changed.</exception>
    public async Task<IReadOnlyList<Verdict>> KeepAsync(string rule, Verdict verdict, CancellationToken cancellationToken)
    {
        List<Verdict> all = [.. (await ReadAsync(rule, cancellationToken).ConfigureAwait(false)).Where(one => one.Series != verdict.Series || one.At != verdict.At), verdict];
        if (all.Count > MostVerdicts) all.RemoveRange(0, all.Count - MostVerdicts);
        await documents.ApplyAsync([new DocumentChange(Kind, rule, DocumentJson.Write(all))], cancellationToken).ConfigureAwait(false);
        return all;
    }
}
