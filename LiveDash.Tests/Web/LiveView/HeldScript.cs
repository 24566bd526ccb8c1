using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.LiveView;

/// <summary>A script whose module and whose part are there when the test says so; it notes what is called.</summary>
internal sealed class HeldScript : IJSRuntime, IJSObjectReference
{
    /// <summary>The module, once it is loaded.</summary>
    public TaskCompletionSource<IJSObjectReference> Import { get; } = new();

    /// <summary>What is attached.</summary>
    public TaskCompletionSource<IJSObjectReference> Attach { get; } = new();

    /// <summary>The methods that were called, and <c>-</c> where a reference was given back.</summary>
    public List<string> Calls { get; } = [];

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
    {
        Calls.Add(identifier);
        return identifier switch
        {
            "import" => (TValue)await Import.Task,
            "attach" => (TValue)await Attach.Task,
            _ => default!,
        };
    }

    public ValueTask DisposeAsync()
    {
        Calls.Add("-");
        return ValueTask.CompletedTask;
    }
}
