using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components;

/// <summary>
/// What looks at something cheap every <see cref="Period"/> and renders only where that has changed. All members run on the circuit's renderer. An
/// inheritor looks once more when it is initialized, if it has something to show at once.
/// </summary>
public abstract class LookingComponentBase : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;

    /// <summary>The clock that paces the looks.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>How often it looks, above zero; the same for all of one kind.</summary>
    protected abstract TimeSpan Period { get; }

    /// <summary>Cancelled once the component is disposed of.</summary>
    protected CancellationToken Closed => _closed.Token;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watch;
        OnClosed();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>It is closed, and looks no more: what an inheritor holds is given back here.</summary>
    protected virtual void OnClosed()
    {
        // Most hold nothing.
    }

    /// <summary>Looks; true where what is shown has changed.</summary>
    protected abstract bool Look();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Look()) StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
