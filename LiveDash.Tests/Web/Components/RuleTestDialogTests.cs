using Bunit;
using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Web.Components.Alerts;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Components;

public sealed class RuleTestDialogTests : AlertComponentContext
{
    private const string Test = "groups:\n- name: g\n  rules:\n  - {alert: Hot, expr: t > 1}\ntests:\n- name: warm\n  input_series: [{series: t, values: '2x5'}]\n  alert_rule_test: [{eval_time: 1m, alertname: Hot, exp_alerts: [{}]}]\n";

    [Fact]
    public void Run_TestsThatPassAndFail_SaysWhatIsNotAsExpected()
    {
        Services.AddSingleton(new RuleTestRunner(new Limits(), new QueryLimits(), TimeProvider.System));
        var dialog = Render<RuleTestDialog>();
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));

        dialog.Find("textarea").Input(Test);
        dialog.Find("form").Submit();
        dialog.WaitForAssertion(() => Assert.Equal("The test passed.", dialog.Find("[role=status] strong").TextContent), Patience);

        dialog.Find("textarea").Input(Test.Replace("exp_alerts: [{}]", "exp_alerts: []", StringComparison.Ordinal));
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[role=status] strong")), Patience);
        dialog.Find("form").Submit();
        dialog.WaitForAssertion(() => Assert.Equal("1 of 1 tests failed.", dialog.Find("[role=status] strong").TextContent), Patience);
        Assert.Contains("warm, line 6", dialog.Find(".rule-test span").TextContent, StringComparison.Ordinal);
        Assert.Contains("alertname: Hot, time: 1m", dialog.Find(".rule-test pre").TextContent, StringComparison.Ordinal);

        dialog.Find("textarea").Input("tests: x");
        dialog.Find("form").Submit();
        dialog.WaitForAssertion(() => Assert.Contains("'tests' is a list", dialog.Find(".import-errors li").TextContent, StringComparison.Ordinal), Patience);
    }
}
