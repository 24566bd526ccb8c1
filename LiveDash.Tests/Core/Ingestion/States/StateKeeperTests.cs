using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.States;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion.States;

/// <summary>The words of states are kept before the points that need them.</summary>
public sealed class StateKeeperTests
{
    private readonly MemoryDocumentStore _documents = new();
    private readonly FakePointStore _store = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly SourceLedger _source = new SourceRegistry(Options.Create(new IngestOptions())).Get("test", "test");
    private readonly IngestPipeline _pipeline;

    public StateKeeperTests() => _pipeline = new IngestPipeline(
        [], _store, Options.Create(new IngestOptions()), TimeProvider.System, NullLogger<IngestPipeline>.Instance, new StateKeeper(_catalog, _documents));

    [Fact]
    public async Task Words_OfAPoint_AreKeptBeforeIt()
    {
        var kept = 0;
        _documents.Applied = _ =>
        {
            Assert.Empty(_store.Kept);
            kept++;
            return Task.CompletedTask;
        };
        var report = await SendAsync("on", "off", "on");
        Assert.Equal((3, 1), (report.Accepted, kept));
        _documents.Applied = static _ => throw new InvalidOperationException("nothing new is to be kept");
        Assert.Equal(1, (await SendAsync("off")).Accepted);
    }

    [Fact]
    public async Task Words_ThatCannotBeKept_KeepTheirPointsOutUntilTheyCan()
    {
        _documents.Failure = new StoreFullException("full");
        var report = await SendAsync("on");
        Assert.Equal((0, 1, StoreOutcome.Full), (report.Accepted, report.NotKept, report.Outcome));
        Assert.Equal(1, (await SendAsync([null])).Accepted);
        _documents.Failure = null;
        Assert.Equal(1, (await SendAsync("on")).Accepted);
        Assert.Single(await _documents.ListAsync(StateKeeper.Kind, default));
    }

    [Fact]
    public async Task Load_AfterARestart_KnowsWordsAndWhatASeriesHolds()
    {
        await SendAsync("on", "off");
        var again = new SeriesCatalog(new Limits());
        again.Load([_catalog[0]]);
        await new StateKeeper(again, _documents).LoadAsync(_store, default);
        Assert.Equal(SeriesContent.States, again.States.ContentOf(0));
        Assert.Equal("off", again.States.Find(again[0])!.TextOf(1));
        Assert.False(again.States.HasUnkept);
    }

    private async Task<IngestReport> SendAsync(params string?[] texts)
    {
        var session = new IngestSession(_pipeline, _source, TimeProvider.System, TimeSpan.Zero);
        var lines = string.Join('\n', texts.Select(static text => text is null ? """{"series":"number","value":1}""" : $$"""{"series":"pump","value":"{{text}}"}"""));
        var buffer = new System.Buffers.ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(lines));
        new PointDecoders(new Admission(new Limits(), _catalog)).Json().Decode(buffer, isLast: true, session.Now, session);
        var completing = session.CompleteAsync(AckMode.Stored, default);
        while (await _pipeline.StepAsync())
        {
        }

        return await completing.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
