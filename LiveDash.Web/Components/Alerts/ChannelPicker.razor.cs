using LiveDash.Core.Notifications;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Chooses whom a rule tells among the channels there are; one it names that is not there is said, with the way to make it. Follows the channels.</summary>
public sealed partial class ChannelPicker : ComponentBase, IDisposable
{
    // What the rule named when it was opened stays to be chosen again.
    private readonly List<string> _named = [];

    /// <summary>The channels chosen.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Chosen { get; set; }

    /// <summary>Raised with the new choice.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnChanged { get; set; }

    /// <summary>What is wrong, or null.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Inject]
    private ChannelBook Channels { get; set; } = default!;

    private IReadOnlyList<(string Name, string? Kind)> Choices =>
        [.. Channels.Channels.Select(static channel => (channel.Name, (string?)channel.Kind)).OrderBy(static c => c.Name, StringComparer.OrdinalIgnoreCase),
            .. _named.Where(name => Channels.Find(name) is null).Select(static name => (name, (string?)null))];

    private IEnumerable<string> Unknown => Chosen.Where(name => Channels.Find(name) is null);

    /// <inheritdoc/>
    public void Dispose() => Channels.Changed -= OnChannelsChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Channels.Changed += OnChannelsChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _named.AddRange(Chosen.Where(name => !_named.Contains(name)));

    private void OnChannelsChanged() => _ = InvokeAsync(StateHasChanged);

    private Task SetAsync(string name, bool on) =>
        OnChanged.InvokeAsync(on ? [.. Chosen.Where(other => other != name), name] : [.. Chosen.Where(other => other != name)]);
}
