using Bunit;
using LiveDash.Web.Components.Exploring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.Components;

public sealed class PlotFigureTests : BunitContext
{
    // A page that is closed while the figure's script loads never answers: neither the circuit nor the end of the server waits for it.
    [Fact]
    public async Task Dispose_ScriptIsNeverLoaded_DoesNotWait()
    {
        Services.AddSingleton<IJSRuntime>(new SilentScript());
        Render<PlotFigure>();

        await DisposeComponentsAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class SilentScript : IJSRuntime
    {
        private readonly TaskCompletionSource _never = new();

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            await _never.Task;
            return default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
