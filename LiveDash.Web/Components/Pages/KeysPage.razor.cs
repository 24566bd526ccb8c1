using LiveDash.Core.Accounts;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Where an administrator makes, rotates and revokes keys of programs. A key is shown once. Every handler asks for the role itself.</summary>
public sealed partial class KeysPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_overlap = TimeSpan.FromHours(24);

    private IReadOnlyList<ApiKey> _keys = [];
    private KeyScope _scopes = KeyScope.Ingest;
    private string _name = "";
    private string _series = "";
    private int _days;
    private string? _said;
    private string? _made;
    private string _madeFor = "";
    private string? _revoking;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private KeyBook Keys { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Keys.Changed -= OnChanged;
        Zone.Changed -= OnZone;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Keys.Changed += OnChanged;
        Zone.Changed += OnZone;
        Look();
    }

    private static string Words(KeyScope scope) => scope switch
    {
        KeyScope.Ingest => "send points (ingest)",
        KeyScope.Read => "read everything (read)",
        KeyScope.Rules => "change rules and silences (rules)",
        KeyScope.Jobs => "draw plots (jobs)",
        _ => "administer by the API (admin)",
    };

    private void Look() => _keys = Visitor.May(AccountRole.Administrator) ? Keys.All : [];

    private void OnChanged(string id) => OnZone();

    private void OnZone() => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private Task MakeAsync() => TryAsync(async () =>
    {
        var now = Time.GetUtcNow();
        var key = new ApiKey
        {
            Id = "",
            Name = _name.Trim(),
            Hash = "",
            Scopes = _scopes,
            Series = SplitPatterns(_series),
            ExpiresAt = _days > 0 ? now.AddDays(Math.Min(_days, 3650)) : null,
            MadeAt = now,
            MadeBy = Visitor.Name ?? "",
        };
        _made = await Keys.MakeAsync(key, CancellationToken.None);
        _madeFor = key.Name;
        (_name, _series) = ("", "");
    });

    private Task RotateAsync(ApiKey key) => TryAsync(async () =>
    {
        _made = await Keys.RotateAsync(key.Id, s_overlap, Time.GetUtcNow(), CancellationToken.None);
        _madeFor = key.Name;
    });

    private Task RevokeAsync(ApiKey key)
    {
        // Asked for twice, on the same button.
        if (_revoking != key.Id)
        {
            _revoking = key.Id;
            return Task.CompletedTask;
        }

        return TryAsync(async () =>
        {
            _revoking = null;
            await Keys.RevokeAsync(key.Id, CancellationToken.None);
            _said = $"{key.Name} opens nothing any more.";
        });
    }

    // Commas stand between patterns, and between the tags of one.
    private static List<string> SplitPatterns(string text)
    {
        var (patterns, begin, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c != ',' || (depth > 0 && i < text.Length)) continue;
            if (text[begin..i].Trim() is { Length: > 0 } pattern) patterns.Add(pattern);
            begin = i + 1;
        }

        return patterns;
    }

    private async Task TryAsync(Func<Task> change)
    {
        if (Visitor.Refuses(AccountRole.Administrator)) return;
        (_said, _made) = (null, null);
        try
        {
            await change();
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            _said = exception.Message;
        }

        Look();
    }
}
