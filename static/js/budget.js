/* Distributing a sum: a slider beside each number, and what is left in words.
 *
 * The number inputs are the form; without this script they are all there is. A slider or number that would take more
 * than is left stops at what is left, so that the sum is never exceeded.
 */
(function () {
  "use strict";

  document.querySelectorAll("[data-budget]").forEach(enhance);

  function enhance(box) {
    const total = Number(box.dataset.budget);
    const numbers = [...box.querySelectorAll("input[type=number]")];
    const left = document.createElement("p");
    left.className = "poll-left";
    left.setAttribute("role", "status");
    box.append(left);
    const sliders = numbers.map((number) => addSlider(number, total));
    numbers.forEach((number, index) => {
      number.addEventListener("input", () => set(index, number.value));
      sliders[index].addEventListener("input", () => set(index, sliders[index].value));
    });
    tell();

    function set(index, typed) {
      const others = numbers.reduce((sum, number, other) => (other === index ? sum : sum + amount(number)), 0);
      const wanted = Math.max(0, Math.floor(Number(typed) || 0));
      const value = Math.min(wanted, Math.max(0, total - others));
      if (typed !== "" || numbers[index].value !== "") numbers[index].value = typed === "" ? "" : String(value);
      sliders[index].value = String(value);
      tell();
    }

    function tell() {
      const rest = total - numbers.reduce((sum, number) => sum + amount(number), 0);
      left.textContent = [box.dataset.budgetLeft, rest.toLocaleString(document.documentElement.lang), box.dataset.budgetUnit].join(" ");
      left.classList.toggle("is-done", rest === 0);
    }
  }

  function amount(number) {
    return Math.max(0, Math.floor(Number(number.value) || 0));
  }

  function addSlider(number, total) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(total);
    slider.step = String([100, 50, 20, 10].map((parts) => total / parts).find(Number.isInteger) || 1); // reaches the total
    slider.value = String(amount(number));
    slider.setAttribute("aria-label", number.labels[0].textContent);
    number.closest(".poll-line").append(slider);
    return slider;
  }
})();
