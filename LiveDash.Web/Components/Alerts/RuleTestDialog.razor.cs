using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Rules.Files;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Runs a file of unit tests of rules and says what was expected and is not so.</summary>
public sealed partial class RuleTestDialog : ComponentBase, IDisposable
{
    private const string Example = "rule_files: [web.yml]\ntests:\n- interval: 15s\n  input_series:\n  - {series: 'up{job=\"a\"}', values: '1x10 0x20'}\n  alert_rule_test:\n  - {eval_time: 5m, alertname: Down, exp_alerts: [{exp_labels: {severity: critical, job: a}}]}";
    private readonly CancellationTokenSource _closed = new();
    private string _text = "";
    private string? _error;
    private bool _isRunning;
    private RuleTestOutcome? _outcome;

    /// <summary>Closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private RuleTestRunner Tests { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private static string Said(RuleTestOutcome outcome)
    {
        var failed = outcome.Tests.Count(static test => !test.Passed);
        return failed > 0 ? $"{failed:N0} of {outcome.Tests.Count:N0} tests failed." : outcome.Tests.Count switch { 0 => "There is no test in it.", 1 => "The test passed.", var all => $"All {all:N0} tests passed." };
    }

    private void Set(string text) => (_text, _error, _outcome) = (text, null, null);

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        var (text, error) = await RuleFileUpload.ReadAsync(change.File, "test file", _closed.Token);
        if (text is not null) Set(text);
        else _error = error;
    }

    private async Task RunAsync()
    {
        (_isRunning, _outcome) = (true, null);
        try
        {
            _outcome = await Tests.RunAsync(_text, Rules.Rules, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The dialog is gone.
        }
        finally
        {
            _isRunning = false;
        }
    }
}
