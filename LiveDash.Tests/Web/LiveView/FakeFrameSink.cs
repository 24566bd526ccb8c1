using System.Threading.Channels;
using LiveDash.Web.LiveView;

namespace LiveDash.Tests.Web.LiveView;

/// <summary>A browser whose painting the test does by hand. Thread-safe.</summary>
internal sealed class FakeFrameSink : IFrameSink
{
    private readonly Channel<(byte[] Frame, TaskCompletionSource Painted)> _frames = Channel.CreateUnbounded<(byte[], TaskCompletionSource)>();
    private int _open;

    /// <summary>The most frames that were under way at once.</summary>
    public int MostOpen { get; private set; }

    /// <summary>How many frames wait to be looked at.</summary>
    public int Waiting => _frames.Reader.Count;

    public async Task SendAsync(byte[] frame, CancellationToken cancellationToken)
    {
        MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
        try
        {
            var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _frames.Writer.TryWrite((frame, painted));
            await painted.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>The next frame, and what to complete when it is painted.</summary>
    public async Task<(byte[] Frame, TaskCompletionSource Painted)> NextAsync() =>
        await _frames.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
