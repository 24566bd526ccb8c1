using LiveDash.Web.Security.Identity;

namespace LiveDash.Tests.Web.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("three blind mice run")]
    [InlineData("9fK2!mQzr8Lp")]
    [InlineData("übermüdete Katzen")]
    [InlineData("correct horse battery staple")]
    public void Fault_OfAGoodPassword_IsNone(string password) => Assert.Null(PasswordRules.Fault("ada.lovelace", password));

    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("abcdefghijkl")]
    [InlineData("Qwertyuiop12")]
    [InlineData("password1234")]
    [InlineData("LiveDash2026!")]
    [InlineData("Ada.Lovelace1!")]
    [InlineData("monkeymonkey")]
    public void Fault_OfWhatIsTriedFirst_IsTold(string password) => Assert.NotNull(PasswordRules.Fault("ada.lovelace", password));
}
