using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;
using LiveDash.Web.LiveView;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.LiveView;

public sealed class FramePumpTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly EngineHarness _harness = new();
    private readonly FakeFrameSink _sink = new();
    private readonly CounterPanel _panel = new();
    private WindowScope _scope = default!;
    private FramePump _pump = default!;

    public Task InitializeAsync()
    {
        _scope = new WindowScope(_harness.Engine, new SeriesCatalog(new Limits()));
        _pump = new FramePump(_scope, _sink, _harness.Time, NullLogger<FramePump>.Instance);
        _scope.Add(_panel, _scope.NewId());
        _pump.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _pump.DisposeAsync();
        _scope.Dispose();
    }

    [Fact]
    public async Task Send_BrowserSlow_OneFrameUnderWayAndTheNewestNext()
    {
        var (frame, painted) = await _sink.NextAsync();
        Assert.Equal(0, ValueOf(frame));

        for (var i = 1; i <= 1000; i++) Change(i);
        Assert.Equal(0, _sink.Waiting);
        painted.SetResult();
        var (next, paintedNext) = await NextPacedAsync();

        Assert.Equal(1000, ValueOf(next));
        paintedNext.SetResult();
        Assert.Equal(1, _sink.MostOpen);
    }

    [Fact]
    public async Task Send_ChangesFarApart_OneFrameEach()
    {
        (await _sink.NextAsync()).Painted.SetResult();
        for (var i = 1; i <= 5; i++)
        {
            Change(i);
            var (frame, painted) = await NextPacedAsync();
            Assert.Equal(i, ValueOf(frame));
            painted.SetResult();
        }
    }

    [Fact]
    public async Task Connected_AfterLoss_SendsEveryPanelAnew()
    {
        var (first, _) = await _sink.NextAsync();
        Assert.True(IsReset(first));
        _pump.Disconnected();
        Change(5);
        _pump.Connected();

        var (frame, painted) = await NextPacedAsync();

        Assert.Equal(5, ValueOf(frame));
        Assert.True(IsReset(frame));
        painted.SetResult();
    }

    [Fact]
    public async Task Send_PageFails_TriesAgainAfterASecond()
    {
        var (_, painted) = await _sink.NextAsync();
        painted.SetException(new JSException("broken"));

        var (frame, again) = await NextPacedAsync();

        Assert.True(IsReset(frame));
        again.SetResult();
    }

    [Fact]
    public async Task Dispose_FrameUnderWay_Ends()
    {
        await _sink.NextAsync();

        await _pump.DisposeAsync().AsTask().WaitAsync(s_patience);
    }

    [Fact]
    public void Scope_Disposed_GivesPanelsAndLateOnesBack()
    {
        var scope = new WindowScope(_harness.Engine, new SeriesCatalog(new Limits()));
        CounterPanel early = new(), late = new();
        scope.Add(early, scope.NewId());

        scope.Dispose();
        scope.Add(late, scope.NewId());

        Assert.True(early.IsDisposed);
        Assert.True(late.IsDisposed);
        Assert.Equal(0, scope.Panels);
    }

    private static double ValueOf(byte[] frame) => BitConverter.ToDouble(frame, 40);

    private static bool IsReset(byte[] frame) => (BitConverter.ToUInt16(frame, 30) & 1) == 1;

    private void Change(double value)
    {
        _panel.Value = value;
        _scope.Signal.Raise();
    }

    // The pump rests on the manual clock between frames: time is let pass once it does.
    private async Task<(byte[] Frame, TaskCompletionSource Painted)> NextPacedAsync()
    {
        var next = _sink.NextAsync();
        while (!next.IsCompleted)
        {
            await Task.WhenAny(next, _harness.Time.WhenArmedAsync()).WaitAsync(s_patience);
            if (!next.IsCompleted) _harness.Time.Advance(FramePump.MinInterval);
        }

        return await next;
    }
}
