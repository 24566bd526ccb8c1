using LiveDash.Core.Accounts.Audit;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("9f1c", """{"id":"9f1c","name":"Shop"}""", null, "Shop")]
    [InlineData("9f1c", """{"id":"9f1c","name":"Shop"}""", """{"id":"9f1c","name":"Shop of old"}""", "Shop")]
    [InlineData("9f1c", null, """{"id":"9f1c","name":"Shop of old"}""", "Shop of old")]
    [InlineData("pk", """{"id":"pk","userId":"u1","name":"laptop"}""", null, "laptop of ada")]
    [InlineData("u1", """{"userId":"u1","isConfirmed":true}""", null, "ada")]
    [InlineData("u1", """{"id":"u1","name":"ada"}""", null, "ada")]
    [InlineData("t", """{"id":"t","purpose":"invitation","note":"Grace"}""", null, "Grace")]
    [InlineData("ops", """{"folder":"Operations","grants":[{"name":"inner"}]}""", null, "Operations")]
    [InlineData("windows", """{"default":"500","overrides":[{"name":"inner"}]}""", null, "windows")]
    [InlineData("ada", null, null, "ada")]
    // Cut off where the audit's room for it ended.
    [InlineData("9f1c", """{"id":"9f1c","name":"Shop","panels":[{"title":"a lon…""", null, "Shop")]
    [InlineData("9f1c", "(70000 bytes)", null, "9f1c")]
    public void On_AnEntry_IsTheNameThatPeopleKnow(string on, string? after, string? before, string words) =>
        Assert.Equal(words, AuditWords.On(new AuditEntry { Number = 1, At = default, Who = "eve", Kind = "person", Address = "", Action = "a.change", On = on, Before = before, After = after, Previous = "" }, static id => id == "u1" ? "ada" : null));
}
