using LiveDash.Core.Accounts;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Accounts;

public sealed class KeyBookTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MemoryDocumentStore _store = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly KeyBook _keys;

    public KeyBookTests() => _keys = new KeyBook(_store, _catalog);

    [Fact]
    public async Task Key_Made_HoldsTwoHundredFiftySixBitsAndIsKeptAsItsHashAlone()
    {
        var text = await _keys.MakeAsync(Sample(), default);
        var kept = System.Text.Encoding.UTF8.GetString(Assert.Single(await _store.ListAsync(KeyBook.Kind, default)).Body);
        var secret = text[12..];

        Assert.StartsWith("ld_" + Assert.Single(_keys.All).Id + "_", text, StringComparison.Ordinal);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(secret).Length);
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        Assert.Equal("agent", _keys.Find(text, s_now)?.Name);
    }

    [Fact]
    public async Task Find_AnyOtherText_IsNoKey()
    {
        var text = await _keys.MakeAsync(Sample(), default);
        char Other(int at) => text[at] == 'A' ? 'B' : 'A';

        for (var at = 0; at < text.Length; at++) Assert.Null(_keys.Find(text[..at] + Other(at) + text[(at + 1)..], s_now));
        foreach (var wrong in new[] { "", "ld_", text[..^1], text + "A", text.ToUpperInvariant(), new string('é', text.Length), text[..12] + new string('€', 43) }) Assert.Null(_keys.Find(wrong, s_now));
    }

    [Fact]
    public async Task Find_ByAThreadAThousandTimes_AllocatesNothing()
    {
        var text = await _keys.MakeAsync(Sample(), default);
        _keys.Find(text, s_now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++) _keys.Find(text, s_now);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Key_Rotated_IsGoodInBothFormsUntilTheOverlapEnds()
    {
        var old = await _keys.MakeAsync(Sample(), default);
        var next = await _keys.RotateAsync(_keys.All[0].Id, TimeSpan.FromHours(24), s_now, default);

        Assert.NotNull(_keys.Find(old, s_now.AddHours(23.9)));
        Assert.Null(_keys.Find(old, s_now.AddHours(24)));
        Assert.NotNull(_keys.Find(next, s_now.AddHours(24)));
        await _keys.RotateAsync(_keys.All[0].Id, TimeSpan.Zero, s_now, default);
        Assert.Null(_keys.Find(next, s_now));
    }

    [Fact]
    public async Task Key_UsedWhileItIsRotated_IsKeptWithItsNewSecretAlone()
    {
        var old = await _keys.MakeAsync(Sample(), default);
        var key = _keys.Find(old, s_now)!;
        var (written, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.Applied = _ =>
        {
            _store.Applied = null;
            written.SetResult();
            return release.Task;
        };
        var rotating = _keys.RotateAsync(key.Id, TimeSpan.Zero, s_now, default);
        await written.Task;

        // Found before the rotation has come to its end, noted behind it.
        var noting = _keys.UseAsync(key, "192.0.2.1", s_now.AddHours(1), default);
        Assert.False(noting.IsCompleted);
        release.SetResult();
        var next = await rotating;
        await noting;

        using var again = new KeyBook(_store, _catalog);
        await again.LoadAsync(default);
        foreach (var book in new[] { _keys, again })
        {
            Assert.Null(book.Find(old, s_now));
            Assert.Equal((s_now.AddHours(1), "192.0.2.1"), (book.Find(next, s_now)!.UsedAt, book.Find(next, s_now)!.UsedFrom));
        }
    }

    [Fact]
    public async Task Key_ExpiredOrRevoked_IsNoneAlsoAfterARestart()
    {
        var text = await _keys.MakeAsync(Sample() with { ExpiresAt = s_now.AddDays(1) }, default);
        Assert.NotNull(_keys.Find(text, s_now));
        Assert.Null(_keys.Find(text, s_now.AddDays(1)));
        using var again = new KeyBook(_store, _catalog);
        await again.LoadAsync(default);
        Assert.NotNull(again.Find(text, s_now));

        await again.RevokeAsync(again.All[0].Id, default);

        Assert.Null(again.Find(text, s_now));
        Assert.Empty(await _store.ListAsync(KeyBook.Kind, default));
    }

    [Theory]
    [InlineData("", KeyScope.Read, "cpu.*", "name")]
    [InlineData("agent", KeyScope.None, "cpu.*", "one thing")]
    [InlineData("agent", (KeyScope)64, "cpu.*", "no such scope")]
    [InlineData("agent", KeyScope.Read, "cpu{", "no pattern")]
    public async Task Key_NotRight_IsRefusedInWords(string name, KeyScope scopes, string pattern, string said)
    {
        var fault = await Assert.ThrowsAsync<AccountRuleException>(() => _keys.MakeAsync(Sample() with { Name = name, Scopes = scopes, Series = [pattern] }, default));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_WhileItIsNotedAsUsed_TakesItOutOfTheStoreToo()
    {
        var text = await _keys.MakeAsync(Sample(), default);
        var key = _keys.Find(text, s_now)!;
        var (noting, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        // The note is on its way into the store when the key is revoked.
        _store.Applied = changes =>
        {
            if (changes[0].Body is null) return Task.CompletedTask;
            noting.TrySetResult();
            return go.Task;
        };
        var used = Task.Run(() => _keys.UseAsync(key, "10.0.0.1", s_now, default));
        await noting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var revoked = Task.Run(() => _keys.RevokeAsync(key.Id, default));
        await Wait.UntilAsync(() => _keys.Find(text, s_now) is null, "it is good for nothing at once");
        go.SetResult();
        await Task.WhenAll(used, revoked);

        Assert.Empty(await _store.ListAsync(KeyBook.Kind, default));
        Assert.Null(await _keys.RotateAsync(key.Id, TimeSpan.Zero, s_now, default));
    }

    [Fact]
    public async Task Revoke_ThatTheStoreCannotTake_IsGoodForNothingAndStaysToBeRevokedAgain()
    {
        var text = await _keys.MakeAsync(Sample(), default);
        var id = _keys.Find(text, s_now)!.Id;
        _store.Failure = new LiveDash.Core.Storage.StoreUnavailableException("read-only");

        await Assert.ThrowsAsync<LiveDash.Core.Storage.StoreUnavailableException>(() => _keys.RevokeAsync(id, default));
        Assert.Null(_keys.Find(text, s_now));
        Assert.False(_keys.IsGood(id, s_now));
        Assert.Single(_keys.All);
        _store.Failure = null;
        await _keys.RevokeAsync(id, default);
        Assert.Empty(_keys.All);
        Assert.Empty(await _store.ListAsync(KeyBook.Kind, default));
    }

    [Fact]
    public void Allowance_EachSeries_IsAsItsPatternsSayAgainAndAgain()
    {
        var allowance = new SeriesAllowance(_catalog, ["cpu.*{host=web?}", "exact"]);
        var cases = new (string Text, bool Allowed)[] { ("cpu.load{host=web1}", true), ("cpu.load{host=db1}", false), ("exact", true), ("exact{a=b}", false), ("cpu.load", false), ("mem{host=web1}", false) };
        for (var round = 0; round < 3; round++)
        {
            foreach (var (text, allowed) in cases)
            {
                Assert.True(SeriesKey.TryParse(text, out var key));
                Assert.True(_catalog.TryIntern(key!, out var id));
                Assert.Equal(allowed, allowance.Allows(id));
            }
        }
    }

    public void Dispose() => _keys.Dispose();

    private static ApiKey Sample() => new() { Id = "", Name = "agent", Hash = "", Scopes = KeyScope.Ingest, MadeAt = s_now };
}
