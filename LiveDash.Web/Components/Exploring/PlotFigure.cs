using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveDash.Web.Components.Exploring;

/// <summary>
/// Plotly.Blazor's chart, let go of without a wait: its own disposal waits for its script to be loaded, which a page that was closed meanwhile never answers, and with it
/// the circuit and the end of the server would wait for a minute.
/// </summary>
public sealed class PlotFigure : PlotlyChart, IAsyncDisposable
{
    ValueTask IAsyncDisposable.DisposeAsync()
    {
        _ = LetGoAsync();
        return ValueTask.CompletedTask;
    }

    private async Task LetGoAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone, and the script with it.
        }
    }
}
