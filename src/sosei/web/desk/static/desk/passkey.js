// パスキー. Shows what needs a passkey only where the browser can use one, and says calmly when it did not work.

if (window.PublicKeyCredential && navigator.credentials) {
  for (const part of document.querySelectorAll(".passkey")) part.hidden = false;
  for (const part of document.querySelectorAll(".passkey-missing")) part.hidden = true;
}
const notice = () => document.querySelector(".passkey-failed");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (notice()) notice().hidden = false;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("button") && notice()) notice().hidden = true;
});
