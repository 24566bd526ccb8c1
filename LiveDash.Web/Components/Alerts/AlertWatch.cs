using System.Threading.Channels;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;

namespace LiveDash.Web.Components.Alerts;

/// <summary>
/// Tells a component that the alerts may look different: at once after the book changed, and once a second for what only follows points and time. Changes
/// that come while it tells, and for <see cref="s_rest"/> after, are one: ten thousand alerts at once are a handful of looks.
/// </summary>
internal sealed class AlertWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    // One is enough: whoever reads the book reads all of it.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _closed = new();
    private readonly AlertBook _book;
    private readonly TimeProvider _time;
    private readonly Func<Task> _look;
    private readonly ITimer _beat;
    private readonly Task _loop;

    /// <summary>Begins; the first look is at once.</summary>
    /// <param name="book">What is watched.</param>
    /// <param name="time">Paces the looks.</param>
    /// <param name="look">Reads the book; never called twice at a time.</param>
    /// <param name="beats">False where nothing that is shown follows points or time: then changes of the book alone count.</param>
    public AlertWatch(AlertBook book, TimeProvider time, Func<Task> look, bool beats = true)
    {
        (_book, _time, _look) = (book, time, look);
        book.Changed += OnChanged;
        _beat = time.CreateTimer(_ => OnChanged(), null, TimeSpan.Zero, beats ? s_beat : Timeout.InfiniteTimeSpan);
        _loop = RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _book.Changed -= OnChanged;
        await _beat.DisposeAsync();
        await _closed.CancelAsync();
        await _loop;
        _closed.Dispose();
    }

    private void OnChanged() => _signal.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(_closed.Token))
            {
                await _look();
                await Task.Delay(s_rest, _time, _closed.Token);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
