using Microsoft.JSInterop;

namespace LiveDash.Web.LiveView;

/// <summary>Hands frames to js/live.js: one call a frame, answered when the browser paints.</summary>
public sealed class ScriptFrameSink(IJSRuntime script) : IFrameSink
{
    /// <summary>Where the module is.</summary>
    public const string Module = "./js/live.js";

    private IJSObjectReference? _module;

    /// <inheritdoc/>
    public async Task SendAsync(byte[] frame, CancellationToken cancellationToken)
    {
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", cancellationToken, Module);
        await _module.InvokeVoidAsync("frame", cancellationToken, frame);
    }
}
