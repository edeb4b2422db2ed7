// The QR code brings the tracking code after the #, which browsers never send; here it goes into the field and out of the address.
const field = document.getElementById("id_code");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
