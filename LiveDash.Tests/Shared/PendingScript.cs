using Microsoft.JSInterop;

namespace LiveDash.Tests.Shared;

/// <summary>A browser whose script modules load at once and whose function <c>attach</c> returns when the test says so. Everything else returns the default.</summary>
internal sealed class PendingScript : IJSRuntime, IJSObjectReference
{
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets <c>attach</c> return.</summary>
    public void Attach() => _attached.SetResult();

    /// <inheritdoc/>
    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
    {
        if (identifier == "attach") await _attached.Task;
        return typeof(TValue) == typeof(IJSObjectReference) ? (TValue)(object)this : default!;
    }

    /// <inheritdoc/>
    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
