using Microsoft.JSInterop;

namespace LiveDash.Web.LiveView;

/// <summary>
/// The part of a component that a script carries out: what its module's <c>attach</c> returns, told things until its <c>dispose</c>. A page may be left while the module is still
/// loading, with its element gone: then nothing is attached, or what was is let go at once, and telling it anything does nothing. To be used on the circuit's own thread.
/// </summary>
/// <param name="runtime">The circuit's.</param>
/// <param name="module">The module's address, below the base.</param>
public sealed class ScriptPart(IJSRuntime runtime, string module) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _object;
    private bool _gone;

    /// <summary>What was attached; null before, and once this was disposed.</summary>
    public IJSObjectReference? Object => _gone ? null : _object;

    /// <summary>Loads the module and attaches; to be called once.</summary>
    /// <returns>False where the component or its page has gone meanwhile.</returns>
    public async Task<bool> AttachAsync(params object?[] arguments)
    {
        try
        {
            _module = await runtime.InvokeAsync<IJSObjectReference>("import", module);
            if (!_gone) _object = await _module.InvokeAsync<IJSObjectReference>("attach", arguments);
        }
        catch (JSDisconnectedException)
        {
            _gone = true;
        }
        catch (JSException) when (_gone)
        {
            // Its element was taken away before the script came to it.
        }

        if (_gone) await ReleaseAsync();
        return !_gone;
    }

    /// <summary>Calls a method of what was attached, where there is one.</summary>
    public Task TellAsync(string method, params object?[] arguments) => TellAsync(method, CancellationToken.None, arguments);

    /// <summary>The same, without waiting for an answer that a closed page never gives once it is cancelled.</summary>
    public async Task TellAsync(string method, CancellationToken cancellationToken, params object?[] arguments)
    {
        if (Object is not { } script) return;
        try
        {
            await script.InvokeVoidAsync(method, cancellationToken, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone, or sleeps too deeply to answer.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        var (script, loaded) = (_object, _module);
        (_object, _module) = (null, null);
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("dispose");
                await script.DisposeAsync();
            }

            if (loaded is not null) await loaded.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the script's part with it.
        }
    }
}
