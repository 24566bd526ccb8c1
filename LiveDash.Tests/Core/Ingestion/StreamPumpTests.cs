using System.IO.Pipelines;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class StreamPumpTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly Limits s_limits = new() { MaxFaults = 10_000 };
    private readonly DecoderHarness _harness = new();
    private readonly Pipe _pipe = new();

    [Fact]
    public async Task Run_SenderPauses_WhatCameIsShownAtOnce()
    {
        await using var session = new IngestSession(_harness.Pipeline, _harness.Source, _harness.Time, TimeSpan.Zero);
        var running = StreamPump.RunAsync(_pipe.Reader, _harness.Decoders.Json(), session, s_limits, _harness.Time, default);
        await _pipe.Writer.WriteAsync("{\"series\":\"a\",\"value\":1}\n{\"series\":"u8.ToArray());
        await WaitForPointsAsync(1);
        Assert.Equal(["a@0=1"], _harness.Points);
        await _pipe.Writer.WriteAsync("\"b\",\"value\":2}"u8.ToArray());
        await _pipe.Writer.CompleteAsync();
        await running.WaitAsync(s_patience);
        var completing = session.CompleteAsync(AckMode.Stored, default);
        await _harness.Pipeline.StepAsync();
        Assert.Equal(2, (await completing.WaitAsync(s_patience)).Accepted);
    }

    [Fact]
    public async Task Run_SenderSilentTooLong_EndsAndNamesTheLimit()
    {
        await using var session = new IngestSession(_harness.Pipeline, _harness.Source, _harness.Time, TimeSpan.Zero);
        var running = StreamPump.RunAsync(_pipe.Reader, _harness.Decoders.Json(), session, s_limits, _harness.Time, default);
        _harness.Time.Advance(s_limits.MaxIdle - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        var fault = await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(s_patience));
        Assert.Contains("LiveDash:Limits:MaxIdle", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30_000, 0, true)]
    [InlineData(9_000, 0, false)]
    [InlineData(30_000, 40_000, false)]
    public async Task Run_MostlyGarbage_IsNotReadToTheEnd(int bad, int good, bool stops)
    {
        await using var session = new IngestSession(_harness.Pipeline, _harness.Source, _harness.Time, s_patience);
        var text = string.Concat(Enumerable.Repeat("{\"series\":\"a\",\"value\":1}\n", good)) + string.Concat(Enumerable.Repeat("[]\n", bad));
        // A line first, so that the rest is not taken for an array.
        var reader = PipeReader.Create(new MemoryStream(System.Text.Encoding.UTF8.GetBytes("{}\n" + text)));
        var running = StreamPump.RunAsync(reader, _harness.Decoders.Json(), session, s_limits, _harness.Time, default);
        if (stops) await Assert.ThrowsAsync<TooManyFaultsException>(() => running.WaitAsync(s_patience));
        else await running.WaitAsync(s_patience);
        Assert.InRange(session.Rejected, stops ? 10_000 : bad + 1, stops ? 20_000 : bad + 1);
    }

    [Fact]
    public async Task Run_SenderGone_WhatWasDecodedIsKeptAndCounted()
    {
        using var gone = new CancellationTokenSource();
        await using (var session = new IngestSession(_harness.Pipeline, _harness.Source, _harness.Time, TimeSpan.Zero))
        {
            session.Add(Intern("a"), DecoderHarness.Now, 5);
            session.Reject(1, RejectReason.BadJson, null);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                StreamPump.RunAsync(_pipe.Reader, _harness.Decoders.Json(), session, s_limits, _harness.Time, gone.Token));
        }

        await _harness.Pipeline.StepAsync();
        var account = _harness.Source.Snapshot(0);
        Assert.Equal((2, 1, 1), (account.Offered, account.Accepted, account.Rejected["bad_json"]));
    }

    private int Intern(string name)
    {
        Assert.True(_harness.Catalog.TryIntern(new SeriesKey(name), out var series));
        return series;
    }

    private async Task WaitForPointsAsync(int count)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (_harness.Points.Count < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (!await _harness.Pipeline.StepAsync()) await Task.Yield();
        }
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Points)]
    public async Task Import_SenderSilentWithinTheFirstBytes_EndsAndNamesTheLimit(ImportFormat format)
    {
        await using var session = new IngestSession(_harness.Pipeline, _harness.Source, _harness.Time, TimeSpan.Zero);
        await _pipe.Writer.WriteAsync("t,val"u8.ToArray());
        var running = _harness.Decoders.ImportAsync(format, new ImportMap { Series = "a" }, _pipe.Reader, session, _harness.Time, default);
        _harness.Time.Advance(s_limits.MaxIdle - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        var fault = await Assert.ThrowsAsync<TimeoutException>(() => running.WaitAsync(s_patience));
        Assert.Contains("LiveDash:Limits:MaxIdle", fault.Message, StringComparison.Ordinal);
    }
}
