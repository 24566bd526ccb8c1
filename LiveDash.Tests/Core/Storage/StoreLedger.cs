using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

/// <summary>Does the work of a store's whole life on one that is cut off somewhere in it, and knows what must be there afterwards.</summary>
internal sealed class StoreLedger(StoreHarness store)
{
    private const int BatchPoints = 40;

    private readonly List<int> _acknowledged = [];
    private readonly List<int> _sent = [];
    private readonly Dictionary<string, byte> _documents = [];
    private Dictionary<string, byte>? _documentsBegun;

    /// <summary>False when it was cut off.</summary>
    public async Task<bool> WorkAsync()
    {
        try
        {
            for (var batch = 0; batch < 3; batch++) await SendAsync(batch);
            await ApplyAsync(new() { ["a"] = 1, ["b"] = 1 }, []);
            await store.SealAsync();
            for (var batch = 3; batch < 6; batch++) await SendAsync(batch);
            await ApplyAsync(new() { ["b"] = 2, ["c"] = 2 }, ["a"]);
            await store.SealAsync();
            await SendAsync(6);
            await store.SealAsync();
            await SendAsync(7);
            // Every batch again, as a sender does that did not hear of the first: nothing may be kept twice.
            for (var batch = 0; batch < 8; batch++) await SendAsync(batch);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Compares what a crash left with what it must have left.</summary>
    public async Task CheckAsync(StoreHarness after, string when)
    {
        Assert.True(after.Points.Status.State == StoreState.Ready && after.Points.Status.Message is null, $"{after.Points.Status} {when}");
        var found = await after.ScanAsync(Enumerable.Range(0, after.Catalog.Count).ToArray());
        Assert.True(found.Count == found.Select(static p => p.Value).Distinct().Count(), $"Points are there twice, {when}.");
        var batches = found.GroupBy(static p => (int)p.Value / BatchPoints).ToDictionary(static g => g.Key, static g => g.Count());
        Assert.All(batches, one => Assert.True(one.Value == BatchPoints, $"Batch {one.Key} is there by halves, {when}."));
        Assert.True(_acknowledged.TrueForAll(batches.ContainsKey), $"Batches {string.Join(' ', _acknowledged.Where(b => !batches.ContainsKey(b)))} were lost, {when}.");
        Assert.True(batches.Keys.All(_sent.Contains), $"Batches are there that nobody sent, {when}.");
        Assert.Equal(found.Count, after.Points.Status.Points);
        var documents = (await after.Documents.ListAsync("k", default)).ToDictionary(static d => d.Id, static d => d.Body[0]);
        Assert.True(Same(documents, _documents) || (_documentsBegun is { } begun && Same(documents, begun)), $"The documents are {string.Join(' ', documents)}, {when}.");
        // It lives on, and no number is given twice.
        var series = after.Series("later");
        await after.AppendAsync(new StoredPoint(series, 1, -1));
        var later = Assert.Single(await after.ScanAsync(series));
        Assert.DoesNotContain(found, p => p.Id == later.Id);
        await after.SealAsync();
        await after.ReopenAsync();
        Assert.Equal(found.Count + 1, (await after.ScanAsync(Enumerable.Range(0, after.Catalog.Count).ToArray())).Count);
    }

    private async Task SendAsync(int batch)
    {
        _sent.Add(batch);
        var series = store.Series($"s{batch % 3}");
        await store.AppendAsync(Enumerable.Range(batch * BatchPoints, BatchPoints).Select(k => new StoredPoint(series, k, k, SenderId: $"n{k}")));
        _acknowledged.Add(batch);
    }

    private async Task ApplyAsync(Dictionary<string, byte> put, string[] deleted)
    {
        var begun = new Dictionary<string, byte>(_documents);
        foreach (var (id, body) in put) begun[id] = body;
        foreach (var id in deleted) begun.Remove(id);
        _documentsBegun = begun;
        await store.Documents.ApplyAsync(
            [.. put.Select(static p => new DocumentChange("k", p.Key, [p.Value])), .. deleted.Select(static id => new DocumentChange("k", id, null))], default);
        _documentsBegun = null;
        _documents.Clear();
        foreach (var (id, body) in begun) _documents.Add(id, body);
    }

    private static bool Same(Dictionary<string, byte> a, Dictionary<string, byte> b) =>
        a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var body) && body == pair.Value);
}
