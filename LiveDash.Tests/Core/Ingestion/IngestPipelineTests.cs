using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class IngestPipelineTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly FakePointStore _store = new();
    private readonly RecordingConsumer _consumer = new();
    private readonly IOptions<IngestOptions> _options = Options.Create(new IngestOptions { QueuePoints = 65_536, MaxSources = 16 });
    private readonly SourceRegistry _sources;
    private readonly IngestPipeline _pipeline;

    public IngestPipelineTests()
    {
        _sources = new SourceRegistry(_options);
        _pipeline = new IngestPipeline([_consumer], _store, _options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
    }

    [Fact]
    public async Task Submit_Stored_AnswersAfterTheCommit()
    {
        var commit = new TaskCompletionSource();
        _store.Hold = commit.Task;
        var source = _sources.Get("http", "a");
        var answer = _pipeline.SubmitAsync(source, Batch(3), AckMode.Stored, default).AsTask();
        Assert.True(await _pipeline.StepAsync());
        Assert.False(answer.IsCompleted);
        Assert.Equal(3, _consumer.Points);
        Assert.Equal((3, 3, 0), (source.Snapshot(0).Offered, source.Snapshot(0).Waiting, source.Snapshot(0).Accepted));

        commit.SetResult();
        await answer.WaitAsync(s_patience);
        Assert.Equal((3, 0, 3), (source.Snapshot(0).Offered, source.Snapshot(0).Waiting, source.Snapshot(0).Accepted));
        Assert.Equal(3, _store.Kept.Count);
    }

    [Fact]
    public async Task Submit_Received_AnswersOnceQueued()
    {
        await _pipeline.SubmitAsync(_sources.Get("http", "a"), Batch(3), AckMode.Received, default);
        Assert.Empty(_store.Kept);
        Assert.True(await _pipeline.StepAsync());
        Assert.False(await _pipeline.StepAsync());
        Assert.Equal(3, _store.Kept.Count);
    }

    [Fact]
    public async Task Submit_RepeatUnderTheSameId_ReachesNobodyAndIsCounted()
    {
        var store = new MemoryPointStore();
        var pipeline = new IngestPipeline([_consumer], store, _options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
        for (var i = 0; i < 2; i++)
        {
            var batch = PointBatch.Rent();
            batch.Add(1, 10, 1, senderId: "a");
            await pipeline.SubmitAsync(_sources.Get("http", "a"), batch, AckMode.Received, default);
            Assert.True(await pipeline.StepAsync());
        }

        Assert.Equal((1, 1), (_consumer.Points, store.Count));
        var account = _sources.Get("http", "a").Snapshot(0);
        Assert.Equal((2, 1, 1), (account.Offered, account.Accepted, account.Repeated));
    }

    [Fact]
    public async Task Submit_QueueFull_ThrowsAndCounts()
    {
        var noisy = _sources.Get("http", "noisy");
        await FillAsync(noisy);
        await Assert.ThrowsAsync<QueueFullException>(async () => await _pipeline.SubmitAsync(noisy, Batch(1000), AckMode.Stored, default));
        var account = noisy.Snapshot(0);
        Assert.Equal(1000, account.Dropped["queue_full"]);
        AssertBalanced(account);
    }

    [Fact]
    public async Task Submit_NoisySource_LeavesRoomForOthers()
    {
        await FillAsync(_sources.Get("http", "noisy"));
        var noisy = _sources.Get("http", "noisy").Snapshot(0);
        Assert.InRange(noisy.Waiting, 32_000, 33_768);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_pipeline.TrySubmit(_sources.Get("http", "quiet" + i), Batch(10), out _));
        }
    }

    [Fact]
    public async Task Submit_SenderCancels_PointsAreKeptAndCounted()
    {
        var source = _sources.Get("http", "a");
        using var gone = new CancellationTokenSource();
        var answer = _pipeline.SubmitAsync(source, Batch(5), AckMode.Stored, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.True(await _pipeline.StepAsync());
        Assert.Equal(5, source.Snapshot(0).Accepted);
        Assert.Equal(5, _store.Kept.Count);
    }

    [Theory]
    [InlineData("full", "store_full")]
    [InlineData("sync", "store_unavailable")]
    [InlineData("bug", "store_failed")]
    public async Task Submit_StoreRefuses_ConsumersStillSeeThePoints(string failure, string reason)
    {
        _store.Failure = failure switch
        {
            "full" => new StoreFullException("no space"),
            "sync" => new StoreUnavailableException("sync failed"),
            _ => new InvalidOperationException("bug"),
        };
        var source = _sources.Get("http", "a");
        var answer = _pipeline.SubmitAsync(source, Batch(4), AckMode.Stored, default).AsTask();
        await _pipeline.StepAsync();
        if (failure == "full") await Assert.ThrowsAsync<StoreFullException>(() => answer);
        else await Assert.ThrowsAsync<StoreUnavailableException>(() => answer);
        Assert.Equal(4, _consumer.Points);
        var account = source.Snapshot(0);
        Assert.Equal(4, account.Dropped[reason]);
        Assert.Equal(_store.Failure.Message, account.LastError);
        AssertBalanced(account);

        _store.Failure = null;
        var next = _pipeline.SubmitAsync(source, Batch(2), AckMode.Stored, default).AsTask();
        await _pipeline.StepAsync();
        await next.WaitAsync(s_patience);
        Assert.Equal(2, source.Snapshot(0).Accepted);
    }

    [Fact]
    public async Task Step_ConsumerThrows_StoreStillKeeps()
    {
        _consumer.Failure = new InvalidOperationException("bug");
        var answer = _pipeline.SubmitAsync(_sources.Get("http", "a"), Batch(4), AckMode.Stored, default).AsTask();
        await _pipeline.StepAsync();
        await answer.WaitAsync(s_patience);
        Assert.Equal(4, _store.Kept.Count);
        Assert.Equal(1, _pipeline.ConsumerFailures);
    }

    [Fact]
    public async Task WaitForRoom_QueueFull_CompletesWhenABatchIsSettled()
    {
        var source = _sources.Get("http", "a");
        await FillAsync(source);
        var room = _pipeline.WaitForRoomAsync(source, 1000, default);
        Assert.False(room.IsCompleted);
        Assert.True(await _pipeline.StepAsync());
        await room.WaitAsync(s_patience);
        Assert.True(_pipeline.TrySubmit(source, Batch(1000), out _));
    }

    [Fact]
    public async Task Run_Closed_EmptiesTheQueueFirst()
    {
        var source = _sources.Get("http", "a");
        for (var i = 0; i < 20; i++) Assert.True(_pipeline.TrySubmit(source, Batch(10), out _));
        _pipeline.Close();
        await _pipeline.RunAsync().WaitAsync(s_patience);
        Assert.Equal(200, source.Snapshot(0).Accepted);
        await Assert.ThrowsAsync<QueueFullException>(async () => await _pipeline.SubmitAsync(source, Batch(1), AckMode.Received, default));
    }

    [Fact]
    public async Task Accounting_ManySendersAtOnce_IsExactAtEveryMoment()
    {
        var running = _pipeline.RunAsync();
        var sources = Enumerable.Range(0, 8).Select(i => _sources.Get("http", "s" + i)).ToArray();
        var senders = sources.Select((source, s) => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var size = (i * 7 + s) % 50 + 1;
                source.Reject(RejectReason.BadJson, 1, i);
                if (i % 3 == 0)
                {
                    await _pipeline.WaitForRoomAsync(source, size, default);
                    if (!_pipeline.TrySubmit(source, Batch(size), out _)) source.DropAtDoor(DropReason.QueueFull, size, i);
                }
                else
                {
                    await _pipeline.SubmitAsync(source, Batch(size), i % 2 == 0 ? AckMode.Received : AckMode.Stored, default);
                }

                AssertBalanced(source.Snapshot(i));
            }
        })).ToArray();
        await Task.WhenAll(senders).WaitAsync(s_patience);
        _pipeline.Close();
        await running.WaitAsync(s_patience);
        long accepted = 0;
        for (var s = 0; s < sources.Length; s++)
        {
            var account = sources[s].Snapshot(0);
            Assert.Equal(500, account.Rejected["bad_json"]);
            Assert.Equal(500 + Enumerable.Range(0, 500).Sum(i => (i * 7 + s) % 50 + 1), account.Offered);
            Assert.Equal(0, account.Waiting);
            AssertBalanced(account);
            accepted += account.Accepted;
        }

        Assert.Equal(accepted, _store.Kept.Count);
        Assert.Equal(accepted, _consumer.Points);
        Assert.Equal(0, _pipeline.Queue.Waiting);
    }

    internal static void AssertBalanced(SourceSnapshot s) =>
        Assert.Equal(s.Offered, s.Accepted + s.Repeated + s.Waiting + s.Rejected.Values.Sum() + s.Dropped.Values.Sum());

    private static PointBatch Batch(int count)
    {
        var batch = PointBatch.Rent(count);
        for (var i = 0; i < count; i++) batch.Add(0, 1000 + i, i);
        return batch;
    }

    private async Task FillAsync(SourceLedger source)
    {
        while (_pipeline.TrySubmit(source, Batch(1000), out _)) await Task.Yield();
    }

    private sealed class RecordingConsumer : IPointConsumer
    {
        private long _points;

        public long Points => Interlocked.Read(ref _points);

        public Exception? Failure { get; set; }

        public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
        {
            if (Failure is not null) throw Failure;
            Interlocked.Add(ref _points, batch.Count);
            return ValueTask.CompletedTask;
        }
    }
}
