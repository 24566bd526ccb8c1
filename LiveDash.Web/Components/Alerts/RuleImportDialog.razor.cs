using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Takes rules from a file or a text, and shows what they are and what is wrong before anything is changed.</summary>
public sealed partial class RuleImportDialog : ComponentBase, IDisposable
{
    private const string Example = "rules:\n  - name: hot\n    expr: mean(cpu.load, 30s) > 80 for 10s\n    severity: critical";
    private readonly RuleImportDraft _draft = new();
    private readonly CancellationTokenSource _closed = new();
    private string? _error;

    /// <summary>Told how many rules were taken in.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnImported { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private void Set(string text)
    {
        _error = null;
        _draft.Set(text, Rules.Rules);
    }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        var (text, error) = await RuleFileUpload.ReadAsync(change.File, "rule file", _closed.Token);
        if (text is not null) Set(text);
        else _error = error;
    }

    private async Task ImportAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        var taken = 0;
        try
        {
            foreach (var (rule, _) in _draft.Rules)
            {
                var (made, faults) = await Rules.PutAsync(rule, CancellationToken.None);
                if (made is null)
                {
                    _error = $"{Counted.Of(taken, "rule")} {(taken == 1 ? "was" : "were")} taken in, then {rule.Name} was not:\n{FaultLines.Of(faults.Select(static fault => fault.Detail))}";
                    return;
                }

                taken++;
            }
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _error = $"{Counted.Of(taken, "rule")} {(taken == 1 ? "was" : "were")} taken in, the others not. {exception.Message}";
            return;
        }

        await OnImported.InvokeAsync(taken);
    }
}
