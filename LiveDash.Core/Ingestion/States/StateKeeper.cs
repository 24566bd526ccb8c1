using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.States;

/// <summary>
/// Keeps the words of series of states as documents, one a series, and loads them at start. Words are kept before the points that need them, so that a state that was acknowledged can be read as
/// text whatever happens. <see cref="KeepAsync"/> is called by one loop.
/// </summary>
public sealed class StateKeeper(SeriesCatalog catalog, IDocumentStore documents)
{
    /// <summary>Under which kind the words are kept.</summary>
    public const string Kind = "states";

    /// <summary>Loads all words; then a series that has points and no words holds numbers.</summary>
    /// <param name="store">Tells which series have points; it is open.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LoadAsync(IPointStore store, CancellationToken cancellationToken)
    {
        foreach (var document in await documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false))
        {
            if (DocumentJson.TryRead<KeptStates>(document.Body) is not { } kept || !SeriesKey.TryParse(kept.Series, out var key)) continue;
            catalog.States.Load(key!, kept.Texts);
            if (catalog.TryFind(key!, out var series)) catalog.States.TryClaim(series, SeriesContent.States);
        }

        foreach (var stats in store.GetStats()) catalog.States.TryClaim(stats.Series, SeriesContent.Numbers);
    }

    /// <summary>Keeps the words that are not kept yet; completes once they are on disk.</summary>
    /// <exception cref="StoreFullException">There is no space; they stay to be kept.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; they stay to be kept.</exception>
    public async Task KeepAsync()
    {
        var keys = catalog.States.TakeUnkept();
        if (keys.Count == 0) return;
        try
        {
            await documents.ApplyAsync([.. keys.Select(ChangeOf)], CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            catalog.States.NotKept(keys);
            throw;
        }
    }

    private DocumentChange ChangeOf(SeriesKey key)
    {
        // The text of a key may be longer than an id.
        var text = key.ToString();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        return new(Kind, id, DocumentJson.Write(new KeptStates(text, catalog.States.WordsOf(key).Texts)));
    }
}
